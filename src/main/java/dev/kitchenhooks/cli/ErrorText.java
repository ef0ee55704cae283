package dev.kitchenhooks.cli;

import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says errors: what, where, what to do. */
final class ErrorText {
  private ErrorText() {}

  /** Says an error and returns its exit code. */
  static int show(Throwable error, Shell shell) {
    PrintStream err = shell.around().err();
    if (error instanceof FixException e) {
      err.println("fix: " + e.message());
      e.problems().forEach(p -> err.println("  " + p.format()));
      if (e.hint() != null) {
        err.println("  -> " + e.hint());
      }
      if (shell.globals().debug) {
        e.printStackTrace(err);
      }
      return e.exitCode().code();
    }
    err.println("fix: this is a bug of fix itself: " + error);
    if (shell.globals().debug) {
      error.printStackTrace(err);
    } else {
      err.println("  -> run it again with --debug and report what it prints");
    }
    return ExitCode.BUG.code();
  }

  /** Says what is wrong with the words of a command. */
  static int showUsage(ParameterException e, Shell shell) {
    PrintStream err = shell.around().err();
    err.println("fix: " + e.getMessage());
    List<String> near =
        e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    err.println(
        near.isEmpty()
            ? "  -> " + command + " --help shows what it takes"
            : "  -> did you mean " + String.join(" or ", near) + "?");
    return ExitCode.INVALID.code();
  }
}
