package dev.kitchenhooks.rules;

/** An exit code in words. */
public final class ExitText {
  private ExitText() {}

  /** {@code exit 1}, {@code exit 124, timed out}. */
  public static String of(int exit) {
    String more =
        switch (exit) {
          case 124 -> ", timed out";
          case 126 -> ", not executable";
          case 127 -> ", not found";
          default -> exit > 128 && exit < 160 ? ", signal " + (exit - 128) : "";
        };
    return "exit " + exit + more;
  }
}
