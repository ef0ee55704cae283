package dev.kitchenhooks.process;

import dev.kitchenhooks.process.ProcessResult.End;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What ended a process, wherever it ran, as it will stand in the result. */
public record Verdict(int exitCode, End end, String detail) {
  /** As timeout(1) has it. */
  private static final int TIMED_OUT_CODE = 124;

  private static final int STOPPED_CODE = 130;

  public static final Verdict STOPPED = new Verdict(STOPPED_CODE, End.STOPPED, "stopped");

  public static Verdict exited(int exitCode) {
    return Signals.ended(exitCode)
        ? new Verdict(exitCode, End.SIGNALLED, "killed by " + Signals.name(exitCode))
        : new Verdict(exitCode, End.EXITED, "");
  }

  public static Verdict timedOut(Duration timeout) {
    return new Verdict(TIMED_OUT_CODE, End.TIMED_OUT, "timed out after " + inWords(timeout));
  }

  /**
   * @param holders names of the processes that hold it
   */
  public static Verdict outputLeftOpen(List<String> holders) {
    return new Verdict(
        TIMED_OUT_CODE, End.OUTPUT_LEFT_OPEN, "output left open by " + count(holders));
  }

  /**
   * @param survivors names of processes
   */
  public Verdict withSurvivors(List<String> survivors) {
    return survivors.isEmpty()
        ? this
        : withDetail(Optional.of("could not be killed: " + count(survivors)));
  }

  Verdict withRefusal(Optional<String> refusal) {
    return refusal.map(why -> new Verdict(exitCode, End.NOT_STARTED, why)).orElse(this);
  }

  public Verdict withDetail(Optional<String> more) {
    return more.map(
            text -> new Verdict(exitCode, end, detail.isEmpty() ? text : detail + "; " + text))
        .orElse(this);
  }

  public ProcessResult result(Duration duration) {
    return new ProcessResult(exitCode, end, detail, duration);
  }

  /** For people: {@code 2 processes (nc, sleep)}. */
  private static String count(List<String> names) {
    String distinct = names.stream().distinct().sorted().collect(Collectors.joining(", "));
    return switch (names.size()) {
      case 0 -> "a process that left its tree";
      case 1 -> "1 process (" + distinct + ")";
      default -> names.size() + " processes (" + distinct + ")";
    };
  }

  private static String inWords(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis < 1000 ? millis + "ms" : millis / 1000.0 + "s";
    }
    long seconds = millis / 1000;
    return seconds < 60 || seconds % 60 != 0 ? seconds + "s" : seconds / 60 + "m";
  }
}
