# Makes the kitchen on this node the one that is wanted, and converges. Of the kitchen only what is not
# there yet is asked for; what is as it was left is not even read.
# For any POSIX sh; runs as root, under the node's lock (lock.sh).
#   $1     the work path; relative: to the working directory
#   $2     a word that is this deploy's own, so that stop.sh stops no other
#   $3     the node's name in the kitchen
#   $4     the revision that is wanted
#   $5     sync: it is made what it should be, and becomes the current one
#          try: the same, but the current one stays (why-run)
#          earlier: it must be here, as it was left, and becomes the current one
#          try-earlier: both
#   $6     bytes that are for this run only: a tar archive, which comes first on stdin
#   $7     yes: data bags are removed after the run
#   $8     where the converge's output is kept
#   $9     the command that converges, run in the work path: its first word; "chef-solo" or
#   $10... "chef-client" alone: or Cinc's of that kind
# What is said to the controller stands in lines that begin with "fix:WORD ", WORD as in $2:
#   current ID         the revision that was the current one; - where there is none
#   have HASH PACK ID  what is wanted is not here; to make it of this: ID, none, or what follows
#   + HEX              a piece of the manifest of what there is, packed by PACK
#   end                all of it
#   converge           all is in its place
#   over               it has failed before that, and reads nothing more
# and what the controller says, on stdin:
#   tell                           it does not know what ID holds: asks for the manifest
#   delta DIGEST MODES BYTES       so many bytes of script that removes, then a tar archive
exec 3<&0 </dev/null 2>&1
mask=$(umask)
umask 077
work=${1%/} token=$2 node=$3 want=$4 choice=$5 private=$6 remove_data_bags=$7 log=$8
queue=$(queues "$1")/$node
shift 8

fail() {
  echo "$1"
  exit 1
}
say() {
  printf 'fix:%s %s\n' "$token" "$*"
}
# Who hands a password on to sudo goes on reading, and must be told.
converging=''
over() {
  if [ -z "$converging" ]; then say over; fi
}
trap over EXIT
case $work in
  '') fail 'the work path must not be /' ;;
  /*) ;;
  *) work=$PWD/$work ;;
esac
case $log in
  '' | /*) ;;
  *) log=$PWD/$log ;;
esac
for program in tar find awk sort cmp; do
  command -v "$program" >/dev/null || fail "$program is missing on this node"
done
pack=plain
if command -v gzip >/dev/null; then pack=gzip; fi
mine=$(literally "$node.json")

# --- A place of our own ------------------------------------------------------------------------------
# Only what fix or LittleChef put there is ever replaced.
if [ -e "$work" ] && ! [ -e "$work/.kitchen-hooks" ]; then
  [ -d "$work" ] || fail "$work is in the way: it is not a directory"
  for entry in "$work"/* "$work"/.[!.]*; do
    [ -e "$entry" ] || continue
    case ${entry##*/} in
      cookbooks | site-cookbooks | berks-cookbooks | roles | environments | data_bags | nodes) ;;
      cache | local-mode-cache | chef_guid | solo.rb | node.json | encrypted_data_bag_secret) ;;
      *) fail "$work holds ${entry##*/}, which is no part of a kitchen" ;;
    esac
  done
fi
# Whether nobody else can have put anything into it.
ours() {
  if [ -L "$1" ] || ! [ -d "$1" ] || ! [ -O "$1" ]; then return 1; fi
  case $(ls -ld "$1") in
    d????-??-*) ;;
    *) return 1 ;;
  esac
}
replaced=''
if ! ours "$work"; then
  mkdir -p "$(dirname "$work")" || exit 1
  if [ -e "$work" ] || [ -L "$work" ]; then
    replaced=$work.outgoing.$$
    mv "$work" "$replaced" || exit 1
  fi
  # Fails if somebody has put something there just now.
  mkdir "$work" || fail "$work is in the way: something else was put there just now"
fi
# From here on by short names: whoever may write beside it may put another directory in its place.
cd "$work" || exit 1
ours . || fail "$work is in the way: something else was put there just now"
true >.kitchen-hooks || exit 1
for left in "$work".incoming.* "$work".outgoing.*; do
  if [ -e "$left" ] && { [ "$left" = "$replaced" ] || ! kill -0 "${left##*.}" 2>/dev/null; }; then rm -rf "$left"; fi
done

# --- What there is -----------------------------------------------------------------------------------
current='' previous=''
if [ -f current ]; then read -r current previous <current; fi
if ! [ -d "rev-$current" ]; then current=''; fi
say "current ${current:--}"
# What an older run, or a broken one, has left.
if [ -e private ] || [ -L private ]; then rm -rf private; fi
for left in incoming.* outgoing.* rev-* seal-*; do
  case $left in
    rev-"$current" | rev-"$previous" | rev-"$want") ;;
    seal-"$current" | seal-"$previous" | seal-"$want") ;;
    seal-packages | *'*') ;;
    *) rm -rf "$left" ;;
  esac
done

at_work=$queue/w.$$.$(began $$)
incoming=incoming.$$
clean() {
  over
  rm -rf private "$incoming" "$incoming".* .running .stopped "$at_work" .alive .output why-run.rb why-run.json
  if [ "$remove_data_bags" = yes ]; then rm -rf rev-*/data_bags; fi
}
trap clean EXIT
trap 'exit 1' HUP INT TERM PIPE
# Should the run die, whoever comes next sees that its deploy is still here.
if [ -d "$queue" ]; then echo 'a converge whose run is gone' >"$at_work"; fi

lost() {
  case $? in
    1) fail "$why" ;;
    *) fail 'the transfer was cut short' ;;
  esac
}
if [ "$private" -gt 0 ]; then
  # Whatever ends this script: what is for the run alone goes when the converge is over.
  mkfifo .alive || exit 1
  (
    trap '' HUP INT TERM PIPE
    read -r _ <.alive && exit
    while read -r process _ ticks _ <.running && lives "$process" "$ticks"; do pause; done
    clean
  ) </dev/null >/dev/null 2>&1 3<&- &
  exec 9>.alive
  rm -f .alive
  trap 'clean; echo >&9' EXIT
  mkdir private || exit 1
  receive private/tar "$private" || lost
  tar -xpf private/tar -C private || fail 'unpacking failed'
  rm -f private/tar
fi

# --- The revision that is wanted ---------------------------------------------------------------------
# The manifest of what there is, for the controller.
tell() {
  if [ "$pack" = gzip ]; then gzip -c <"$1"; else cat "$1"; fi | od -An -v -tx1 |
    awk -v word="fix:$token +" '
      { gsub(/ /, ""); line = line $0 }
      length(line) > 3000 { print word, line; line = "" }
      END { if (line != "") print word, line }'
  say end
}
transfer() {
  base=$want
  if [ -d "rev-$want" ]; then
    known=-
  elif [ -n "$current" ]; then
    base=$current
    known=-
    if intact "rev-$base" "seal-$base"; then known=$base; fi
  else
    known=none
  fi
  say "have $hash $pack $known"
  if [ "$known" = - ]; then tell "seal-$base.has"; fi
  IFS=' ' read -r word expected wanted_modes bytes <&3 || fail 'the transfer was cut short'
  if [ "$word" = tell ]; then
    manifest "rev-$base" "$modes" >"seal-$base.has" || exit 1
    tell "seal-$base.has"
    IFS=' ' read -r word expected wanted_modes bytes <&3 || fail 'the transfer was cut short'
  fi
  if [ "$known" = none ]; then mkdir "$incoming" || exit 1; else cp -RPp "rev-$base" "$incoming" || exit 1; fi
  modes=$wanted_modes
  receive "$incoming.removal" "$bytes" || lost
  # shellcheck source=/dev/null
  (cd "$incoming" && rm -rf .node && . "../$incoming.removal") || fail 'removing failed'
  {
    if [ "$pack" = gzip ]; then gzip -dc <&3; else cat <&3; fi || true >"$incoming.cut"
  } | {
    tar -xpf - -C "$incoming"
    code=$?
    # To the end, lest the other side should find its pipe broken.
    cat >/dev/null
    exit "$code"
  } || fail 'unpacking failed'
  if [ -e "$incoming.cut" ]; then fail 'the transfer was cut short'; fi
  tell=$(teller)
  listing "$tell" "$incoming" >"seal-$want.new" && manifest "$incoming" "$modes" >"$incoming.has" || exit 1
  [ "$(digest <"$incoming.has")" = "$expected" ] || fail 'the transfer was cut short'
}

if ! [ -d "rev-$want" ] || ! intact "rev-$want" "seal-$want"; then
  case $choice in
    *earlier)
      if [ -d "rev-$want" ]; then fail "revision $want was changed on this node by somebody else"; fi
      fail "revision $want is no longer on this node"
      ;;
  esac
  transfer
  trap '' HUP INT TERM PIPE
  if [ -e "rev-$want" ]; then mv "rev-$want" "outgoing.$$" || exit 1; fi
  mv "$incoming" "rev-$want" && seal "seal-$want" "$tell $hash $expected $modes" || exit 1
  rm -rf "outgoing.$$" "seal-$want.has"
fi

# --- Files that lie elsewhere ------------------------------------------------------------------------
# A directory of packages is a part of the revision; what recipes use is a copy of it.
#   $1  the copy
packages() {
  # None: no name that find prints ends so.
  mine=.
  if [ -L "$1" ]; then fail "$1 is in the way: it is a link"; fi
  # The same as last time, and as it was left.
  if [ -f seal-packages ] && [ -d "$1" ] && echo "$1" | cmp -s - packages && intact "$1" seal-packages &&
    { echo "$want" | cmp -s - packages.revision || manifest "rev-$want/.packages" "$modes" | cmp -s - packages.manifest; }; then
    echo "$want" >packages.revision
    return
  fi
  rm -f seal-packages.has
  if [ -d "$1" ] && ! echo "$1" | cmp -s - packages; then
    # Whoever put it there: of what is not sent nothing is removed.
    for entry in "$1"/* "$1"/.[!.]*; do
      if [ -e "$entry" ] && ! [ -e "rev-$want/.packages/${entry##*/}" ]; then
        fail "$1 holds ${entry##*/}, which is no part of [sync-packages] local-dir"
      fi
    done
  fi
  mkdir -p "$(dirname "$1")" && rm -rf "$1.incoming.$$" && cp -RPp "rev-$want/.packages" "$1.incoming.$$" || exit 1
  chmod 755 "$1.incoming.$$"
  modes=644,755,600,700
  manifest "rev-$want/.packages" "$modes" >packages.manifest || exit 1
  tell=$(teller)
  listing "$tell" "$1.incoming.$$" >seal-packages.new || exit 1
  if [ -e "$1" ]; then mv "$1" "$1.outgoing.$$" || exit 1; fi
  mv "$1.incoming.$$" "$1" && echo "$1" >packages && echo "$want" >packages.revision && rm -rf "$1.outgoing.$$" || exit 1
  seal seal-packages "$tell $hash $(digest <packages.manifest) $modes" || exit 1
}
if [ "${choice%-earlier}" != try ] && [ -f "rev-$want/.node/packages" ]; then
  read -r directory <"rev-$want/.node/packages"
  packages "$directory"
  mine=$(literally "$node.json")
fi

# --- Switch ------------------------------------------------------------------------------------------
trap '' HUP INT TERM PIPE
if [ "${choice%-earlier}" = try ]; then
  solo=why-run.rb json=why-run.json
  rm -f "$solo" "$json"
  ln -s "rev-$want/.node/solo.rb" "$solo" && ln -s "rev-$want/.node/node.json" "$json" || exit 1
else
  if [ "$current" != "$want" ]; then
    # The one step that counts: a new file takes the old one's place whole.
    echo "$want $current" >current.new && mv current.new current || exit 1
  fi
  # For people, and for commands of their own: the kitchen as it always lay here.
  # shellcheck disable=SC3013 # dash, bash, ksh and busybox know -ef
  if ! [ kitchen -ef "rev-$want" ]; then rm -rf kitchen && ln -s "rev-$want" kitchen || exit 1; fi
  for part in cookbooks site-cookbooks roles environments data_bags nodes node.json solo.rb; do
    from=kitchen/$part
    case $part in node.json | solo.rb) from=kitchen/.node/$part ;; esac
    if [ -L "$part" ] && [ -e "$part" ]; then continue; fi
    if [ -e "$part" ] || [ -L "$part" ]; then rm -rf "$part"; fi
    if [ -e "$from" ]; then ln -s "$from" "$part" || exit 1; fi
  done
fi
# Chef writes what it has found out there, and would begin with it the next time.
rm -rf "rev-$want/nodes/$node.json"
cp "rev-$want/.node/object.json" "rev-$want/nodes/$node.json" || exit 1
trap 'exit 1' HUP INT TERM PIPE
converging=yes
say converge

# --- Converge ----------------------------------------------------------------------------------------
case $1 in
  chef-solo | chef-client)
    if ! command -v "$1" >/dev/null; then
      cinc=cinc-${1#chef-}
      command -v "$cinc" >/dev/null || exit 127
      shift
      set -- "$cinc" "$@"
    fi
    ;;
esac
if [ -n "$log" ]; then
  # The output goes through a program of its own, and the command's exit code past it.
  if { [ -d "${log%/*}" ] || mkdir -p "${log%/*}"; } && { ! [ -e "$log" ] || mv -f "$log" "$log.1"; } && true >"$log" && mkfifo .output; then
    (
      trap '' HUP INT TERM PIPE
      exec tee "$log" 2>/dev/null
    ) <.output 3<&- 9>&- &
    exec >.output 2>&1
    rm -f .output
  else
    echo "$log cannot be written: the node keeps no log of this run"
  fi
fi
if [ -f "rev-$want/.node/environment" ]; then
  # shellcheck source=/dev/null
  . "./rev-$want/.node/environment"
fi
umask "$mask"
# A session of its own, where the node can make one, so that stop.sh reaches all that it starts.
if command -v setsid >/dev/null; then
  setsid "$@" </dev/null 3<&- 9>&- &
else
  "$@" </dev/null 3<&- 9>&- &
fi
pid=$!
umask 077
echo "$pid $token $(began "$pid") $(date -u +%Y-%m-%dT%H:%M:%SZ)" >.running
trap 'kill -TERM "$pid" 2>/dev/null' HUP INT TERM PIPE
wait "$pid" 2>/dev/null
code=$?
# A trapped signal ends the wait, not the command.
while kill -0 "$pid" 2>/dev/null; do
  wait "$pid" 2>/dev/null
  code=$?
done
# A command that was stopped may leave children behind; one that ended well may leave services.
if [ -e .stopped ]; then kill -KILL "-$pid" 2>/dev/null; fi
exit "$code"
