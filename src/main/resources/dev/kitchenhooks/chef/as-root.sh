# Runs a command as root, in the login shell's place.
#   $1     password: the first line of stdin is the password that sudo gets; none: there is none
#   $2     sudo with its options, quoted for sh; a root login leaves it out
#   $3...  the command; what follows the password on stdin is the command's
method=$1
sudo=$2
shift 2
if [ "$method" = password ]; then
  IFS= read -r password || exit 1
fi
if [ "$(id -u)" -eq 0 ]; then
  exec "$@"
fi
if [ "$method" != password ]; then
  eval "exec $sudo"' "$@"'
fi

# The password is tried alone first: were it wrong, sudo would take lines of the command's input for
# further tries, and the account might be locked.
printf '%s\n' "$password" | eval "$sudo true" || exit 1

# Where sudo wants no password it leaves that line to the command, so it is marked where it ends.
end='end of the password'
# shellcheck disable=SC2016,SC2034 # expanded by the shell that it is given to
skip='while IFS= read -r line && [ "$line" != "$0" ]; do :; done; exec "$@"'
{
  printf '%s\n%s\n' "$password" "$end"
  exec cat
} | eval "$sudo"' sh -c "$skip" "$end" "$@"'
