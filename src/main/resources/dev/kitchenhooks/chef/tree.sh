# What a directory tree is, and whether it is as it was left. Uses:
#   $mine    the name, below nodes/, of the one file that may change
#   $hash    sha256 or cksum: what files are hashed with here

if command -v sha256sum >/dev/null; then hash=sha256; else hash='cksum'; fi

# The digest of a text on stdin.
digest() {
  if [ "$hash" = sha256 ]; then sum=$(sha256sum) && echo "${sum%% *}"; else sum=$(cksum) && echo "${sum% *}:${sum#* }"; fi
}

# A pattern that stands for a name.
literally() {
  case $1 in
    *[\\*?[]*) printf '%s\n' "$1" | sed 's/[][\\*?]/\\&/g' ;;
    *) printf '%s\n' "$1" ;;
  esac
}

# All that a tree holds, a line "KIND MODE HASH NAME" each, sorted by their bytes. A name is what
# stands behind ".//./": no other part of a name has two slashes, so that one with a line end in it
# is told from two.
#   $1  the tree
#   $2  the modes that are expected, with commas; the mode of what has another one is "?"
manifest() (
  cd "$1" || exit 1
  sum="${hash}sum"
  if [ "$hash" = cksum ]; then sum='cksum'; fi
  other=''
  LC_ALL=C
  export LC_ALL
  {
    IFS=,
    for mode in $2; do
      unset IFS
      other="$other ! -perm $mode"
      echo "//$mode"
      find .//. -type d -perm "$mode" -print -o ! -path ".//./nodes/$mine" -type f -perm "$mode" -exec "$sum" {} +
    done
    unset IFS
    echo '//?'
    # shellcheck disable=SC2086 # words
    find .//. -type d $other -print -o ! -path ".//./nodes/$mine" -type f $other -exec "$sum" {} +
    echo '//o'
    find .//. ! -path ".//./nodes/$mine" ! -type f ! -type d -print
  } | awk '
    function swap(text, what, by,    parts, count, result, i) {
      count = split(text, parts, what)
      result = parts[1]
      for (i = 2; i <= count; i++) result = result by parts[i]
      return result
    }
    function put(text) {
      # GNU tools have written such names as we do already.
      if (!quoted) text = swap(text, "\\\\", "\\\\")
      return swap(text, "\r", "\\r")
    }
    function flush() {
      if (begun) print kind, (mode == "o" ? "?" : mode), sum, name
      begun = 0
    }
    /^\/\// {
      flush()
      mode = substr($0, 3)
      next
    }
    $0 == ".//." {
      flush()
      next
    }
    {
      at = index($0, ".//./")
      if (at == 0) {
        name = name "\\n" put($0)
        next
      }
      flush()
      begun = 1
      kind = "d"
      sum = "-"
      quoted = 0
      if (mode == "o") {
        kind = "o"
      } else if (at > 1) {
        kind = "f"
        sum = substr($0, 1, at - 1)
        quoted = substr(sum, 1, 1) == "\\"
        if (quoted) sum = substr(sum, 2)
        sub(/[ *]+$/, "", sum)
        sum = swap(sum, " ", ":")
      }
      name = put(substr($0, at + 5))
    }
    END { flush() }' | sort
)

# What says without reading the files that nobody has touched them: the system's own time of change,
# which nobody can set back, with the inode, the size and the mode. Directories in which chef writes
# are left out with what it writes there.
#   $1  find or stat: what can tell; none: nothing can
#   $2  the tree
listing() (
  cd "$2" || exit 1
  LC_ALL=C
  export LC_ALL
  case $1 in
    find)
      find . \( -path . -o -path ./nodes \) -printf '%y %m %p\n' \
        -o ! -path "./nodes/$mine" -printf '%C@ %i %s %y %m %p\n'
      ;;
    stat)
      stat -c '%f %n' nodes
      find . ! -path . ! -path ./nodes ! -path "./nodes/$mine" -exec stat -c '%z %i %s %f %n' {} +
      ;;
    *) echo 'nothing can be told' ;;
  esac
)

# What can tell it here; only where times have parts of a second, as a tick is long otherwise.
teller() {
  case $(find . -prune -printf '%C@' 2>/dev/null) in
    *.*[1-9]*) echo find ;;
    *)
      case $(stat -c %z . 2>/dev/null) in
        *.*[1-9]*) echo stat ;;
        *) echo none ;;
      esac
      ;;
  esac
}

# Seals a tree whose digest is as it should be. The listing was made before the digest: what has
# changed since is not in it.
#   $1  the seal, with the listing in "$1.new"
#   $2  how the listing was made, the hash, the digest and the modes
seal() {
  { echo "$2" && cat "$1.new"; } >"$1.whole" && mv "$1.whole" "$1" && rm -f "$1.new"
}

# Whether a tree is as it was sealed.
#   $1  the tree
#   $2  its seal
# Exit code 1: it is not, and $2.has is its manifest, made with $modes.
intact() {
  modes=644,755,600,700
  tell='' hashed='' was=''
  if [ -f "$2" ]; then read -r tell hashed was modes <"$2"; fi
  if [ -n "$was" ] && [ "$tell" != none ] &&
    { echo "$tell $hashed $was $modes" && listing "$tell" "$1"; } | cmp -s - "$2"; then
    return
  fi
  tell=$(teller)
  listing "$tell" "$1" >"$2.new" && manifest "$1" "$modes" >"$2.has" || return 1
  if [ "$hashed" != "$hash" ] || [ "$(digest <"$2.has")" != "$was" ]; then
    rm -f "$2.new"
    return 1
  fi
  rm -f "$2.has"
  seal "$2" "$tell $hash $was $modes"
}
