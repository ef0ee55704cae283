# Runs a command line in the login user's own shell as a login would, so that it finds what the user's
# profile sets up.
#   $1  the command line
case ${SHELL:=/bin/sh} in
  # It takes -l only where nothing else is said.
  *csh) exec "$SHELL" -c "$1" ;;
  *) exec "$SHELL" -l -c "$1" ;;
esac
