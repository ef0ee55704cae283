package dev.kitchenhooks.container;

import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.process.ProcessResult.End;
import java.time.Duration;

/** Why a hook's container did not come to run: the hook's failure, told to whoever waits for it. */
final class EngineFault extends Exception {
  private static final long serialVersionUID = 1L;

  /** As {@code docker run} has it for a failure that is not the program's. */
  static final int ENGINE_FAILED = 125;

  private final int exitCode;
  private final End end;

  private EngineFault(int exitCode, End end, String message) {
    super(message);
    this.exitCode = exitCode;
    this.end = end;
  }

  /** The engine refuses, or is not there. */
  static EngineFault of(String message) {
    return new EngineFault(ENGINE_FAILED, End.NOT_STARTED, message);
  }

  /** There is no program to start. */
  static EngineFault notFound(String message) {
    return new EngineFault(127, End.NOT_STARTED, message);
  }

  static EngineFault stopped() {
    ProcessResult stopped = ProcessResult.stopped(Duration.ZERO);
    return new EngineFault(
        stopped.exitCode(), stopped.end(), stopped.detail() + "; before it was started");
  }

  boolean isStop() {
    return end == End.STOPPED;
  }

  /** What is wrong, never null. */
  String message() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  ProcessResult result(Duration took) {
    return new ProcessResult(exitCode, end, message(), took);
  }
}
