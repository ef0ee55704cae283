package dev.kitchenhooks.console;

/** Numbers of things, for people. */
public final class Count {
  private Count() {}

  /** {@code 1 node}, {@code 2 nodes}. */
  public static String of(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
