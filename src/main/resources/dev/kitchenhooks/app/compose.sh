#!/bin/sh
# Puts an application on this node, or takes it away. For any POSIX sh; runs as root.
#   $1     deploy, undeploy, or fetch: makes the one that came along what is here
#   $2     the compose file that came along
#   $3     the directory of the application
#   $4     the compose project
#   $5     the version
#   $6...  the compose command; nothing: whichever is there
action=$1 file=$2 target=$3 project=$4 version=$5
shift 5
here=$target/docker-compose.yml
umask 077
# What stays running is not ours to end with this script.
unset FIX_PROCESS_TREE

fail() {
  echo "$1" >&2
  exit "${2:-1}"
}

case $action in
  fetch)
    if [ -f "$here" ]; then cat "$here" >"$file" || exit 1; fi
    exit 0
    ;;
esac

if [ $# -eq 0 ]; then
  if docker compose version >/dev/null 2>&1; then
    set -- docker compose
  elif command -v docker-compose >/dev/null; then
    set -- docker-compose
  elif podman compose version >/dev/null 2>&1; then
    set -- podman compose
  elif command -v podman-compose >/dev/null; then
    set -- podman-compose
  else
    fail 'neither docker compose nor podman compose is on this node; install one, or set [apps] compose_command' 127
  fi
elif ! command -v "$1" >/dev/null; then
  fail "[apps] compose_command is not on this node: $1" 127
fi

case $action in
  deploy)
    mkdir -p "$target" || exit 1
    [ -O "$target" ] || fail "$target belongs to somebody else"
    # Beside it, then in its place: whoever reads it meanwhile finds one or the other, whole.
    new=$here.new
    { cat "$file" >"$new" && mv -f "$new" "$here"; } || exit 1
    cd "$target" || exit 1
    "$@" -p "$project" -f "$here" up -d --remove-orphans </dev/null || exit
    printf '%s\n' "$version" >"$target/.version.new" && mv -f "$target/.version.new" "$target/.version"
    ;;
  undeploy)
    if ! [ -f "$here" ]; then
      echo "$here is not there: nothing to take away"
      exit 0
    fi
    cd "$target" || exit 1
    "$@" -p "$project" -f "$here" down --remove-orphans </dev/null || exit
    cd / || exit 1
    rm -f "$here" "$here.new" "$target/.version" || exit 1
    # What others have put there stays, and the directory with it.
    rmdir "$target" 2>/dev/null || :
    ;;
  *) fail "unknown: $action" ;;
esac
