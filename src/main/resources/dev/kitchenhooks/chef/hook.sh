# Runs a hook that arrives on stdin, and ends its whole process tree when it is told to, or when nobody
# is at the other end any more. For any POSIX sh; runs as root.
#   $1   the work path, for the queue of this node's turns
#   $2   the node's name in the kitchen
#   $3   the mark of the hook's processes
#   $4   seconds from SIGTERM to SIGKILL where nobody is left to say when
#   $5   seconds of silence that are too many
#   $6   the interpreter that the program names; may be empty
#   $7   what that one looks up in PATH; may be empty
#   $8   the program's name
#   $9   bytes of the program, its variables, the context, the nodes file and the compose file, with commas
#   $10  the nodes file's path on the controller, where it stands among the arguments; may be empty
#   $11  the same for the compose file, which goes back
#   $12... the hook's arguments
# stdin: a line with a word that begins each line of this script's own; those bytes; then lines:
# TERM, KILL, or nothing, to be heard.
exec 3<&0 </dev/null 2>&1
mask=$(umask)
umask 077
work=$1 node=$2 mark=$3 grace=$4 silence=$5 interpreter=$6 looked_up=$7 program=$8 sizes=$9
shift 9
nodes=$1 compose=$2
shift 2
IFS= read -r token <&3 || exit 1
me=$$.$(began $$)
start=${me#*.}
dir=''
at_work=''

say() {
  printf '%s %s\n' "$token" "$*"
}
clean() {
  if [ -n "$dir" ]; then rm -rf "$dir"; fi
  if [ -n "$at_work" ]; then rm -f "$at_work"; fi
}
trap clean EXIT
trap 'exit 1' HUP INT TERM PIPE
never() {
  say "end $1 never $2"
  exit 0
}

# --- A place for its files, where programs can be run ------------------------------------------------
usable() {
  dir=$1/fix-hook.$me
  mkdir "$dir" 2>/dev/null || {
    dir=''
    return 1
  }
  # shellcheck disable=SC2015 # any of them
  mkdir "$dir/bin" "$dir/work" && printf '#!/bin/sh\n' >"$dir/try" && chmod 700 "$dir/try" && "$dir/try" && return
  rm -rf "$dir"
  dir=''
  return 1
}
for place in "${TMPDIR:-/tmp}" /var/tmp "${HOME:-/root}"; do
  # What a cut connection, or a machine that went down, has left.
  for left in "$place"/fix-hook.*; do
    if ! [ -d "$left" ] || [ -L "$left" ] || ! [ -O "$left" ]; then continue; fi
    owner=${left##*/fix-hook.}
    lives "${owner%%.*}" "${owner#*.}" || rm -rf "$left"
  done
  if [ -z "$dir" ]; then usable "$place" 2>/dev/null || :; fi
done
if [ -z "$dir" ]; then
  never 126 "neither ${TMPDIR:-/tmp} nor /var/tmp nor ${HOME:-/root} can be written to and run programs from"
fi

# --- What arrives ------------------------------------------------------------------------------------
for file in "bin/$program" env context.json nodes docker-compose.yml; do
  receive "$dir/$file" "${sizes%%,*}"
  case $? in
    1) never 126 "$why" ;;
    2) exit 1 ;;
  esac
  sizes=${sizes#*,}
done
: >"$dir/output"
chmod 700 "$dir/bin/$program"
if [ -n "$interpreter" ] && ! [ -x "$interpreter" ]; then
  never 126 "interpreter $interpreter not found on $node"
fi
# shellcheck source=/dev/null
if [ -n "$looked_up" ] && ! (. "$dir/env" && command -v "$looked_up") >/dev/null; then
  never 126 "interpreter $looked_up not found in PATH ($PATH) on $node"
fi
mkfifo "$dir/out" || never 126 'mkfifo failed'

# --- Its process tree --------------------------------------------------------------------------------
# As on the controller: whoever is in its session, descends from it, carries its mark, or holds its
# output. A process that has left one of these still has another.
own_session=''
if command -v setsid >/dev/null; then own_session=yes; fi
reaped=''
relay='' listener='' guard=''
fields='s/^\([0-9]*\) (\(.*\)) \([A-Za-z]\) \([0-9]*\) [0-9]* \([0-9]*\) \(-*[0-9]* \)\{15\}\([0-9]*\) .*/\1 \3 \4 \5 \7 \2/p'

# Whether it carries the mark, or holds the output.
marked() {
  tr '\0' '\n' <"/proc/$1/environ" | grep -q "^FIX_PROCESS_TREE=.*$mark;" && return
  # shellcheck disable=SC2010 # names of links, and what they point to
  ls -l "/proc/$1/fd" | grep -q " $dir/out\$"
} 2>/dev/null

# Prints the living ones: NUMBER:NAME...
members() (
  if [ "$start" = unknown ]; then
    if [ -n "$own_session" ]; then kill -0 "-$pid" 2>/dev/null && echo "-$pid:?"; else
      [ -z "$reaped" ] && kill -0 "$pid" 2>/dev/null && echo "$pid:?"
    fi
    return
  fi
  table=$(sed -n "$fields" /proc/[0-9]*/stat 2>/dev/null)
  set -f
  IFS='
'
  young='' found=' ' reused=''
  for line in $table; do
    IFS=' '
    # shellcheck disable=SC2086 # number, state, parent, session, start, name
    set -- $line
    if [ "$2" != Z ] && [ "$2" != X ] && [ "$5" -ge "$start" ]; then
      young="$young$1 $3 $4 ${6:-?}
"
      if [ -n "$reaped" ] && [ "$1" = "$pid" ]; then reused=yes; fi
    fi
  done
  IFS='
'
  for line in $young; do
    IFS=' '
    # shellcheck disable=SC2086
    set -- $line
    if { [ "$1" = "$pid" ] && [ -z "$reaped" ]; } ||
      { [ "$3" = "$pid" ] && [ -n "$own_session" ] && [ -z "$reused" ]; }; then
      found="$found$1 "
    else
      case " $$ ${listener:-0} ${guard:-0} " in
        *" $1 "* | *" $2 "*) ;;
        *) if [ "$1" != "$relay" ] && marked "$1"; then found="$found$1 "; fi ;;
      esac
    fi
  done
  more=yes
  while [ -n "$more" ]; do
    more=''
    IFS='
'
    for line in $young; do
      IFS=' '
      # shellcheck disable=SC2086
      set -- $line
      case $found in
        *" $1 "*) ;;
        *" $2 "*)
          found="$found$1 "
          more=yes
          ;;
      esac
    done
  done
  IFS='
'
  for line in $young; do
    IFS=' '
    # shellcheck disable=SC2086
    set -- $line
    case $found in *" $1 "*) echo "$1:$4" ;; esac
  done
)

# SIGTERM, to each once.
terminate() {
  for member in "$@"; do
    case " $(cat "$dir/told" 2>/dev/null) " in
      *" ${member%%:*} "*) ;;
      *)
        printf '%s ' "${member%%:*}" >>"$dir/told"
        kill -TERM "${member%%:*}" 2>/dev/null
        ;;
    esac
  done
}
# SIGKILL, until nobody is left.
slay() {
  tries=0
  while alive=$(members) && [ -n "$alive" ] && [ "$tries" -lt 50 ]; do
    for member in $alive; do kill -KILL "${member%%:*}" 2>/dev/null; done
    tries=$((tries + 1))
    pause
  done
}
end_gently() {
  alive=$(members)
  if ! [ -e "$dir/ending" ]; then
    for member in $alive; do printf '%s ' "${member#*:}"; done >"$dir/ending"
  fi
  # shellcheck disable=SC2086
  terminate $alive
}
end_at_once() {
  [ -e "$dir/ending" ] || : >"$dir/ending"
  : >"$dir/killing"
  slay
  # Whoever holds the output still cannot be found, or not be killed.
  kill "$relay" 2>/dev/null
}
# Nobody is at the other end.
abandon() {
  [ -d "$dir" ] || exit 0
  end_gently
  tries=0
  while [ "$tries" -lt $((grace * 10)) ] && [ -n "$(members)" ]; do
    tries=$((tries + 1))
    pause
  done
  end_at_once
  clean
}
listen() {
  while IFS= read -r word; do
    : >"$dir/beat"
    case $word in
      TERM) end_gently ;;
      KILL) end_at_once ;;
    esac
  done
  abandon
}

# --- Run it ------------------------------------------------------------------------------------------
queue=$(queues "$work")/$node
if [ -d "$queue" ]; then
  at_work=$queue/w.$me
  echo "a hook of a run that is gone, $program" >"$at_work"
fi
# Its variables reach it through a file: other users see a command's arguments.
# shellcheck disable=SC2016 # expanded by the shell that it is given to
begin='set_all=$(cat "$1/env"); rm -f "$1/env"; umask "$2"; cd "$1/work" || exit 126
shift 2; eval "$set_all"; unset set_all PWD OLDPWD SHLVL; exec "$@"'
count=$#
while [ "$count" -gt 0 ]; do
  argument=$1
  shift
  case $argument in
    '') ;;
    "$nodes") argument=$dir/nodes ;;
    "$compose") argument=$dir/docker-compose.yml ;;
  esac
  set -- "$@" "$argument"
  count=$((count - 1))
done
set -- sh -c "$begin" fix-hook "$dir" "$mask" "$dir/bin/$program" "$@"
for name in LC_ALL LC_CTYPE LC_COLLATE LC_MESSAGES LC_MONETARY LC_NUMERIC LC_TIME LC_ADDRESS \
  LC_IDENTIFICATION LC_MEASUREMENT LC_NAME LC_PAPER LC_TELEPHONE LANG TZ TMPDIR SHELL LOGNAME USER \
  HOME PATH; do
  eval "is_set=\${$name+yes} value=\${$name-}"
  # shellcheck disable=SC2154 # is_set
  if [ -n "$is_set" ]; then set -- "$name=$value" "$@"; fi
done
set -- env -i "FIX_CONTEXT=$dir/context.json" "FIX_NODES_FILE=$dir/nodes" "FIX_OUTPUT=$dir/output" \
  "FIX_PROCESS_TREE=${FIX_PROCESS_TREE-}$mark;" "$@"
if [ -n "$own_session" ]; then set -- setsid "$@"; fi

say started
cat <"$dir/out" 3<&- &
relay=$!
exec 7>"$dir/out"
"$@" </dev/null >&7 2>&7 7>&- 3<&- &
pid=$!
exec 7>&-
: >"$dir/beat"
(
  trap - EXIT HUP INT TERM
  trap '' PIPE
  listen
) <&3 3<&- >/dev/null 2>&1 &
listener=$!
(
  trap - EXIT HUP INT
  trap '' PIPE
  guard "$dir/beat" "$silence" abandon
) 3<&- >/dev/null 2>&1 &
guard=$!
exec 3<&-
trap '' HUP INT PIPE
trap end_at_once TERM

code=''
while [ -z "$code" ] || lives "$pid" "$(began "$pid")"; do
  wait "$pid" 2>/dev/null
  code=$?
done
reaped=yes
how=exited
if [ -e "$dir/ending" ]; then how=ended; fi
wait "$relay" 2>/dev/null
if [ "$how" = exited ] && [ -e "$dir/ending" ]; then how=open; fi
tries=0
while alive=$(members) && [ -n "$alive" ] && ! [ -e "$dir/killing" ]; do
  # What is left after a normal end had its time while the hook ran.
  if ! [ -e "$dir/ending" ] && [ "$tries" -ge 5 ]; then break; fi
  # shellcheck disable=SC2086
  terminate $alive
  tries=$((tries + 1))
  pause
done
if [ -n "$alive" ]; then slay; fi
kill "$listener" "$guard" 2>/dev/null
wait "$listener" "$guard" 2>/dev/null

printf '\n'
say output
if [ -f "$dir/output" ]; then od -An -v -tx1 -N 65537 "$dir/output"; fi
if [ -n "$compose" ]; then
  say compose
  od -An -v -tx1 -N 1048577 "$dir/docker-compose.yml"
fi 2>/dev/null
if [ -e "$dir/ending" ]; then say "held $(cat "$dir/ending")"; fi
for member in $alive; do say "left ${member#*:}"; done
say "end $code $how"
exit 0
