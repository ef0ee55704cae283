package dev.kitchenhooks.chef;

/** Which revision of the kitchen a node shall be converged with. */
public sealed interface RevisionChoice {
  /** The kitchen as it lies here: what the node does not have of it is sent. */
  record AsItIsHere() implements RevisionChoice {}

  /**
   * One that the node has kept: nothing of the kitchen is sent, and the deploy fails if it is not
   * there any more, or not as it was left.
   *
   * @param id as {@code run.Revisions} names it
   */
  record Earlier(String id) implements RevisionChoice {}

  RevisionChoice AS_IT_IS_HERE = new AsItIsHere();
}
