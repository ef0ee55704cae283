package dev.kitchenhooks.remote;

/**
 * How a command on a node ended.
 *
 * @param exitCode see {@link NodeSession#run}
 * @param detail for people where it did not simply exit, e.g. {@code connection lost: Broken pipe};
 *     else empty
 */
public record RemoteResult(int exitCode, String detail) {
  public static final int CONNECTION_LOST = 255;
  public static final int TIMED_OUT = 124;
  public static final int STOPPED = 130;
}
