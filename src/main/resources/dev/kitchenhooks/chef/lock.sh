# Holds the lock of a node for as long as its stdin is open, and something is heard there.
# For any POSIX sh; runs as root.
#   $1  the work path
#   $2  the node's name in the kitchen
#   $3  who takes the lock, for people
#   $4  seconds to wait for it
#   $5  seconds of silence after which it is lost
#   $6  seconds that a lock has to become free in any case: its run may just have ended
# What comes of it stands in lines that begin with "fix: lock ".
#
# Whoever wants the lock draws a number, as at a bakery's counter (Lamport), and the lowest one has it.
# An entry counts for as long as its process lives: a run that died, however, has none, and nothing has
# ever to be taken from anybody. In the queue, each with the number and the start of its process:
#   c.*  draws a number just now
#   t.*  has drawn this one; holds who it is
#   w.*  works for a run on this node
exec 3<&0 </dev/null 2>&1
umask 077
work=$1 who=$3 wait_for=$4 silence=$5 grace=$6
if [ "$PWD" = / ] && [ "${work#/}" = "$work" ]; then
  echo 'fix: lock failed the login user has no home directory on this node, and the work path is relative to it'
  exit 1
fi
queue=$(queues "$work")/$2
if ! { [ -d "$queue" ] || mkdir -p "$queue"; } || ! [ -O "$queue" ] || ! [ -O "${queue%/*}" ]; then
  echo "fix: lock failed $queue cannot be made, or is another user's"
  exit 1
fi
me=$$.$(began $$)
beat=$queue/b.$me

# Whether the process of an entry lives; else the entry goes.
counts() {
  entry=${1##*/?.}
  ticks=${entry##*.}
  entry=${entry%.*}
  lives "${entry##*.}" "$ticks" && return
  rm -f "$1"
  return 1
}

# --- Draw a number -----------------------------------------------------------------------------------
trap 'rm -f "$queue"/?."$me" "$queue"/t.*."$me"' EXIT
trap 'exit 1' HUP INT TERM PIPE
: >"$queue/c.$me" || {
  echo "fix: lock failed $queue cannot be written to"
  exit 1
}
highest=0
for entry in "$queue"/t.*; do
  number=${entry##*/t.}
  number=${number%%.*}
  if [ "$number" != '*' ] && [ "$number" -gt "$highest" ]; then highest=$number; fi
done
ticket=$((highest + 1))
mine=$queue/t.$ticket.$me
echo "$who since $(date -u +%Y-%m-%dT%H:%M:%SZ)" >"$queue/n.$me"
mv "$queue/n.$me" "$mine" || exit 1
rm -f "$queue/c.$me"

# --- Those who are first -----------------------------------------------------------------------------
ahead() {
  for entry in "$queue"/c.*; do
    [ -e "$entry" ] || continue
    while [ -e "$entry" ] && counts "$entry"; do pause; done
  done
  for other in "$queue"/t.*; do
    if ! [ -e "$other" ] || [ "$other" = "$mine" ] || ! counts "$other"; then continue; fi
    number=${other##*/t.}
    process=${number#*.}
    number=${number%%.*}
    if [ "$number" -lt "$ticket" ] || { [ "$number" -eq "$ticket" ] && [ "${process%%.*}" -lt $$ ]; }; then
      cat "$other" 2>/dev/null
      return
    fi
  done
  # What a run that has died started here may be at its end still.
  for other in "$queue"/w.*; do
    if [ -e "$other" ] && counts "$other"; then
      cat "$other" 2>/dev/null
      return
    fi
  done
  if [ -f "$work/.running" ] && [ -O "$work" ]; then
    read -r process _ ticks since <"$work/.running"
    if lives "$process" "$ticks"; then
      echo "a converge that goes on without its run, process $process, since $since"
    fi
  fi
}

# Listens, from the start: who waits here for nobody shall stand in nobody's way.
listen() {
  while IFS= read -r _; do : >"$beat"; done
  rm -f "$mine"
}
(
  trap - EXIT HUP INT TERM PIPE
  listen
) <&3 3<&- >/dev/null 2>&1 &
listener=$!
lapse() {
  rm -f "$mine"
  kill "$listener" 2>/dev/null
}
(
  trap - EXIT HUP INT PIPE
  guard "$beat" "$silence" lapse
) 3<&- >/dev/null 2>&1 &
guard=$!
exec 3<&-
trap 'kill "$guard" "$listener" 2>/dev/null; rm -f "$queue"/?."$me" "$queue"/t.*."$me"' EXIT

began_waiting=''
told=''
while holder=$(ahead) && [ -n "$holder" ]; do
  [ -e "$mine" ] || exit 1
  now=$(date +%s)
  waited=$((now - ${began_waiting:=$now}))
  if [ "$waited" -ge "$grace" ]; then
    if [ "$waited" -ge "$wait_for" ]; then
      echo "fix: lock busy $holder"
      exit 0
    fi
    if [ "$holder" != "$told" ]; then
      told=$holder
      echo "fix: lock wait $holder"
    fi
  fi
  pause
done
[ -e "$mine" ] || exit 1
echo 'fix: lock taken'
wait "$listener" 2>/dev/null
exit 0
