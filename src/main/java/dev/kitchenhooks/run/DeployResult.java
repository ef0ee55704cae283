package dev.kitchenhooks.run;

/**
 * How a deploy ended.
 *
 * @param exitCode the deploy's own: chef-solo's exit code; 255 SSH failed; 124 timed out; 130
 *     interrupted
 * @param detail for people where the code says too little, e.g. {@code chef-solo is missing on the
 *     node}; else empty
 * @param revisions what it replaced, and by what
 */
public record DeployResult(int exitCode, String detail, Revisions revisions) {

  /** Of something that has no revisions. */
  public DeployResult(int exitCode, String detail) {
    this(exitCode, detail, Revisions.UNKNOWN);
  }

  public DeployResult with(Revisions known) {
    return new DeployResult(exitCode, detail, known);
  }
}
