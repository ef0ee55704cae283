package dev.kitchenhooks;

import dev.kitchenhooks.cli.FixCli;

/** Starts {@code fix}. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String[] args) {
    return FixCli.run(args);
  }
}
