# Looks whether one of several programs is there, and answers.
#   $@  their names
for program in "$@"; do
  if command -v "$program" >/dev/null; then exec "$program" --version; fi
done
exit 127
