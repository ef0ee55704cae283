# Sends a signal to the command that deploy.sh runs.
#   $1  the work path
#   $2  the deploy's own word
#   $3  TERM: to the command alone, which may finish what it must; what it leaves is killed then.
#       KILL: to all that it started, at once.
# Exit code 3: it does not run yet, or no longer.
work=${1%/}
read -r pid token _ 2>/dev/null <"$work/.running" || exit 3
[ "$token" = "$2" ] || exit 3
: >"$work/.stopped"
if [ "$3" = KILL ]; then
  kill -KILL "-$pid" 2>/dev/null || kill -KILL "$pid"
else
  kill "-$3" "$pid"
fi
