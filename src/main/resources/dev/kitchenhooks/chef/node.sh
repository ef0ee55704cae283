# What the scripts that run on a node have in common; it stands in front of each of them.

# When a process began, in clock ticks since boot: its number alone may be another's by now.
began() {
  IFS= read -r stat 2>/dev/null <"/proc/$1/stat" || {
    echo unknown
    return
  }
  # shellcheck disable=SC2086 # its fields
  set -- ${stat##*) }
  # Ended, though nobody has asked for its exit code.
  if [ "$1" = Z ]; then echo ended; else echo "${20}"; fi
}

# Whether the process with this number is still the one that began then.
lives() {
  if [ "$2" = unknown ]; then
    kill -0 "$1" 2>/dev/null
  else
    [ "$(began "$1")" = "$2" ]
  fi
}

# A moment, where sleep knows parts of a second.
pause() {
  sleep 0.1 2>/dev/null || sleep 1
}

# Reads from descriptor 3 exactly so many bytes, whatever they are: what comes after them is somebody
# else's to read.
#   $1  the file that they go to
#   $2  how many
# Exit code 1: they cannot be written, and $why says why not; 2: the connection is gone.
receive() {
  why="$1 cannot be written"
  # Not by ":", a failure of which would end the shell.
  true >"$1" || return 1
  left=$2
  while [ "$left" -gt 0 ]; do
    if [ "$left" -gt 65536 ]; then chunk=65536; else chunk=$left; fi
    why=$(dd bs="$chunk" count=1 <&3 2>&1 >>"$1") || {
      why=${why#*dd: }
      why="it cannot be written to $1: ${why%%
*}"
      return 1
    }
    missing=$(($2 - $(wc -c <"$1")))
    [ "$missing" -lt "$left" ] || return 2
    left=$missing
  done
}

# Where the turns of nodes are queued for. A node whose work path is relative is a home directory,
# and not a machine.
#   $1  the work path
queues() {
  case $1 in
    /*)
      for place in /run /var/run; do
        if [ -d "$place" ] && [ -w "$place" ]; then
          echo "$place/kitchen-hooks"
          return
        fi
      done
      echo "/tmp/kitchen-hooks-$(id -u)"
      ;;
    *) echo "$PWD/.kitchen-hooks-locks" ;;
  esac
}

# Sees to it that somebody is at the other end: a machine that has lost its power closes nothing.
#   $1  a file that is made whenever something was heard
#   $2  seconds of silence that are too many
#   $3  what is called then
guard() {
  trap 'kill "$nap" 2>/dev/null; exit 0' TERM
  while :; do
    sleep "$2" &
    nap=$!
    wait "$nap"
    [ -e "$1" ] || break
    rm -f "$1"
  done
  trap - TERM
  "$3"
}
