package dev.kitchenhooks;

import dev.kitchenhooks.cli.FixCli;
import dev.kitchenhooks.problem.ExitCode;

/** Starts {@code fix}. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    int code = run(args);
    if (code == ExitCode.BUG.code()) {
      System.exit(code); // what a crash may have left in flight is ended by shutdown hooks
    }
    // A command has ended and closed all it opened when it returns. System.exit would look for a
    // logger to tell of the exit, in each jar of the class path: a tenth of a short command.
    Runtime.getRuntime().halt(code);
  }

  static int run(String[] args) {
    return FixCli.run(args);
  }
}
