# Runs a command as root, in the login shell's place.
#   $1     password: the first line of stdin is the password that sudo gets; none: there is none
#   $2     how many of the following words are sudo and its options; a root login leaves them out
#   $3...  those words, then the command; what follows the password on stdin is the command's
method=$1
words=$2
shift 2
if [ "$method" = password ]; then
  IFS= read -r password || exit 1
fi
if [ "$(id -u)" -eq 0 ]; then
  shift "$words"
  exec "$@"
fi
if [ "$method" != password ]; then
  exec "$@"
fi

# The password is tried alone first: were it wrong, sudo would take lines of the command's input for
# further tries, and the account might be locked.
printf '%s\n' "$password" | sudo -S -p '' -- true || exit 1

# Where sudo wants no password it leaves that line to the command, so it is marked where it ends.
end='end of the password'
{
  printf '%s\n%s\n' "$password" "$end"
  exec cat
} | sudo -S -p '' -- sh -c '
  while IFS= read -r line && [ "$line" != "$0" ]; do :; done
  exec "$@"' "$end" "$@"
