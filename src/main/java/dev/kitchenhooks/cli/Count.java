package dev.kitchenhooks.cli;

/** Numbers of things, for people. */
final class Count {
  private Count() {}

  /** {@code 1 node}, {@code 2 nodes}. */
  static String of(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
