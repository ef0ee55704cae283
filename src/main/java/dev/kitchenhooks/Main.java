package dev.kitchenhooks;

import dev.kitchenhooks.cli.FixCli;

/** Starts {@code fix}. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(FixCli.run(args));
  }
}
