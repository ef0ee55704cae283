package dev.kitchenhooks.rules;

/** How many nodes came to which outcome so far. */
public record Tally(
    int deployed,
    int failed,
    int skipped,
    int softSkipped,
    int unreachable,
    int notStarted,
    int interrupted) {
  public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0);

  /**
   * The tally with one more node of an outcome; dummies are not counted, they are no part of a run.
   */
  public Tally plus(Outcome outcome) {
    return switch (outcome) {
      case DEPLOYED ->
          new Tally(
              deployed + 1, failed, skipped, softSkipped, unreachable, notStarted, interrupted);
      case FAILED ->
          new Tally(
              deployed, failed + 1, skipped, softSkipped, unreachable, notStarted, interrupted);
      case SKIPPED ->
          new Tally(
              deployed, failed, skipped + 1, softSkipped, unreachable, notStarted, interrupted);
      case SOFT_SKIPPED ->
          new Tally(
              deployed, failed, skipped, softSkipped + 1, unreachable, notStarted, interrupted);
      case UNREACHABLE ->
          new Tally(
              deployed, failed, skipped, softSkipped, unreachable + 1, notStarted, interrupted);
      case NOT_STARTED ->
          new Tally(
              deployed, failed, skipped, softSkipped, unreachable, notStarted + 1, interrupted);
      case INTERRUPTED ->
          new Tally(
              deployed, failed, skipped, softSkipped, unreachable, notStarted, interrupted + 1);
      case DUMMY -> this;
    };
  }

  public int total() {
    return deployed + failed + skipped + softSkipped + unreachable + notStarted + interrupted;
  }
}
