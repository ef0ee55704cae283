# Puts the kitchen that arrives on stdin (tar, gzip) in place of the one on this node, and converges.
# For any POSIX sh; runs as root, under the node's lock (lock.sh).
#   $1     the work path: where the kitchen lies; relative to the working directory
#   $2     a word that is this deploy's own, so that stop.sh stops no other
#   $3     yes: data bags are removed after the run
#   $4     the node's name in the kitchen
#   $5...  the command that converges, run in the work path; "chef-solo" alone: whichever there is
# Until the line "fix: kitchen uploaded" the kitchen that was there before stays in place.
exec 2>&1
umask 077
work=${1%/}
token=$2
remove_data_bags=$3
queue=$(queues "$1")/$4
shift 4

fail() {
  echo "$1"
  exit 1
}
case $work in
  '') fail 'the work path must not be /' ;;
  /*) ;;
  *) work=$PWD/$work ;;
esac
for program in tar gzip; do
  command -v "$program" >/dev/null || fail "$program is missing on this node"
done

# --- Only what fix or LittleChef put there is ever replaced ------------------------------------------
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

# --- Unpack beside it --------------------------------------------------------------------------------
incoming=$work.incoming.$$
outgoing=$work.outgoing.$$
mkdir -p "$(dirname "$work")" || exit 1
# Their names end in the process that made them; where it is gone, its transfer was broken off.
for left in "$work".incoming.* "$work".outgoing.*; do
  if [ -e "$left" ] && ! kill -0 "${left##*.}" 2>/dev/null; then rm -rf "$left"; fi
done
rm -rf "$incoming" "$outgoing"
at_work=$queue/w.$$.$(began $$)
trap 'rm -rf "$incoming"; rm -f "$at_work"' EXIT
trap 'exit 1' HUP INT TERM PIPE
# Should the run die, whoever comes next sees that its deploy is still here.
if [ -d "$queue" ]; then echo 'a converge whose run is gone' >"$at_work"; fi
mkdir "$incoming" || exit 1
gzip -dc | tar -xpf - -C "$incoming" || fail 'unpacking failed'
# The archive's last entry: with it, everything before it is there.
[ -e "$incoming/.kitchen-hooks" ] || fail 'the transfer was cut short'

# --- Switch ------------------------------------------------------------------------------------------
# Where everybody may write beside the work path, somebody may put something there between two moves:
# the new kitchen would be moved into it, and what is in it be run as root.
is_ours() {
  if ! [ -L "$work" ] && [ -O "$work" ] && ! [ -e "$work/${incoming##*/}" ]; then return; fi
  rm -rf "${work:?}/${incoming##*/}"
  fail "$work is in the way: something else was put there just now"
}
trap '' HUP INT TERM PIPE
if [ -e "$work" ] || [ -L "$work" ]; then
  mv "$work" "$outgoing" || exit 1
  mv "$incoming" "$work" || {
    mv "$outgoing" "$work"
    exit 1
  }
  is_ours
  # What Chef itself keeps beside its configuration; not if somebody else could have put it there.
  if ! [ -L "$outgoing" ] && [ -O "$outgoing" ]; then
    for kept in cache local-mode-cache chef_guid; do
      if [ -e "$outgoing/$kept" ]; then mv "$outgoing/$kept" "$work/$kept"; fi
    done
  fi
  rm -rf "$outgoing"
else
  mv "$incoming" "$work" || exit 1
  is_ours
fi

# --- Converge ----------------------------------------------------------------------------------------
clean() {
  rm -f "$work/encrypted_data_bag_secret" "$work/.running" "$work/.stopped" "$at_work"
  if [ "$remove_data_bags" = yes ]; then rm -rf "$work/data_bags"; fi
}
trap clean EXIT
trap 'exit 1' HUP INT TERM PIPE
echo 'fix: kitchen uploaded'
cd "$work" || exit 1

if [ "$1" = chef-solo ] && ! command -v chef-solo >/dev/null; then
  command -v cinc-solo >/dev/null || exit 127
  shift
  set -- cinc-solo "$@"
fi
# A session of its own, where the node can make one, so that stop.sh reaches all that it starts.
if command -v setsid >/dev/null; then
  setsid "$@" </dev/null &
else
  "$@" </dev/null &
fi
pid=$!
echo "$pid $token $(began "$pid") $(date -u +%Y-%m-%dT%H:%M:%SZ)" >"$work/.running"
trap 'kill -TERM "$pid" 2>/dev/null' HUP INT TERM PIPE
wait "$pid" 2>/dev/null
code=$?
# A trapped signal ends the wait, not the command.
while kill -0 "$pid" 2>/dev/null; do
  wait "$pid" 2>/dev/null
  code=$?
done
# A command that was stopped may leave children behind; one that ended well may leave services.
if [ -e "$work/.stopped" ]; then kill -KILL "-$pid" 2>/dev/null; fi
exit "$code"
