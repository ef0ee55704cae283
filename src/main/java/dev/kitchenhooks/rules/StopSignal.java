package dev.kitchenhooks.rules;

import dev.kitchenhooks.problem.ExitCode;

/** The signals that end a run early. */
public enum StopSignal {
  SIGINT(ExitCode.INTERRUPTED),
  SIGTERM(ExitCode.TERMINATED);

  private final ExitCode exitCode;

  StopSignal(ExitCode exitCode) {
    this.exitCode = exitCode;
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}
