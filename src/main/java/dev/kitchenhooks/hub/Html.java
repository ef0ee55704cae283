package dev.kitchenhooks.hub;

/** Text inside of HTML. */
final class Html {
  private Html() {}

  /** As it stands in an element or in a quoted attribute: never markup. */
  static String text(String text) {
    var html = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> html.append("&amp;");
            case '<' -> html.append("&lt;");
            case '>' -> html.append("&gt;");
            case '"' -> html.append("&quot;");
            case '\'' -> html.append("&#39;");
            default -> html.appendCodePoint(isShown(c) ? c : '\uFFFD');
          }
        });
    return html.toString();
  }

  /** Characters that turn the direction of text could make one host look like another. */
  private static boolean isShown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> false;
      default -> true;
    };
  }
}
