package dev.kitchenhooks.rules;

/**
 * What became of a node's applications so far.
 *
 * @param code the first code, not 0, with which one of them was deployed; else 0
 * @param failed why that one failed, for people; empty where none did
 * @param skipped the first reason for which one was left out as an error; empty where none was
 * @param failure the required post hook that aborted the run; empty where none did
 * @param deployed how many came through
 * @param leftOut how many a pre hook has left out without that being an error
 * @param cut whether the run was interrupted while one was deployed
 */
public record AppsSoFar(
    int code,
    String failed,
    String skipped,
    String failure,
    int deployed,
    int leftOut,
    boolean cut) {
  /** Before the first. */
  static final AppsSoFar NONE = new AppsSoFar(0, "", "", "", 0, 0, false);

  AppsSoFar deployedOne() {
    return new AppsSoFar(code, failed, skipped, failure, deployed + 1, leftOut, cut);
  }

  AppsSoFar failedOne(int exit, String reason) {
    return code != 0 ? this : new AppsSoFar(exit, reason, skipped, failure, deployed, leftOut, cut);
  }

  AppsSoFar skippedOne(String reason) {
    return skipped.isEmpty()
        ? new AppsSoFar(code, failed, reason, failure, deployed, leftOut, cut)
        : this;
  }

  AppsSoFar leftOutOne() {
    return new AppsSoFar(code, failed, skipped, failure, deployed, leftOut + 1, cut);
  }

  AppsSoFar aborted(String hook) {
    return new AppsSoFar(code, failed, skipped, hook, deployed, leftOut, cut);
  }

  AppsSoFar cutOff() {
    return new AppsSoFar(code, failed, skipped, failure, deployed, leftOut, true);
  }
}
