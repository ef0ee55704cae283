package dev.kitchenhooks.secret;

/**
 * One way in which a secret can be written, and the search for it by Knuth, Morris and Pratt: a
 * state is how many of its characters have just been read, so that a search can go on in the next
 * line, and no text makes it slow.
 */
final class Form {
  private final String text;
  private final Kind kind;
  private final int[] borders;

  /** What a form is of. */
  enum Kind {
    /** Text that stands in one line. */
    TEXT(false, false),
    /** Base64, which tools break into lines. */
    BASE64(false, false),
    /** Base64 whose neighbours hold some bits of the secret, too. */
    BASE64_BEGUN_BEFORE(true, false),
    BASE64_ENDS_AFTER(false, true),
    BASE64_WITHIN(true, true);

    private final boolean before;
    private final boolean after;

    Kind(boolean before, boolean after) {
      this.before = before;
      this.after = after;
    }
  }

  Form(String text, Kind kind) {
    this.text = text;
    this.kind = kind;
    this.borders = new int[text.length()];
    for (int i = 1; i < borders.length; i++) {
      borders[i] = next(borders[i - 1], text.charAt(i));
    }
  }

  String text() {
    return text;
  }

  int length() {
    return text.length();
  }

  char charAt(int index) {
    return text.charAt(index);
  }

  boolean mayBeWrapped() {
    return kind != Kind.TEXT;
  }

  /** The state after one more character. */
  int next(int state, char c) {
    int matched = state;
    while (matched > 0 && (matched == text.length() || text.charAt(matched) != c)) {
      matched = borders[matched - 1];
    }
    return text.charAt(matched) == c ? matched + 1 : 0;
  }

  /** How much of one that is not whole yet has been read; of a whole one, its end can be that. */
  int open(int state) {
    return state == text.length() ? borders[state - 1] : state;
  }

  /** Where the part of a line begins that tells of the secret, when the form begins at a place. */
  int begin(String line, int from) {
    return kind.before && from > 0 && isBase64(line.charAt(from - 1)) ? from - 1 : from;
  }

  /**
   * Where that part ends: the last character may hold bits of the secret, the padding its length.
   */
  int end(String line, int to) {
    int end = to;
    if (kind.after && end < line.length() && isBase64(line.charAt(end))) {
      end++;
    }
    while (mayBeWrapped() && end < line.length() && end < to + 3 && line.charAt(end) == '=') {
      end++;
    }
    return end;
  }

  private static boolean isBase64(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/'
        || c == '-'
        || c == '_';
  }

  /** Never the text. */
  @Override
  public String toString() {
    return "Form(" + kind + ")";
  }
}
