package dev.kitchenhooks.remote;

/** A node could not be reached: the message says why and what to do, in one line. */
public final class UnreachableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean locked;

  public UnreachableException(String message, Throwable cause) {
    super(message, cause);
    this.locked = false;
  }

  public UnreachableException(String message) {
    this(message, false);
  }

  private UnreachableException(String message, boolean locked) {
    super(message);
    this.locked = locked;
  }

  /** The node was reached, but another run is at work on it. */
  public static UnreachableException locked(String message) {
    return new UnreachableException(message, true);
  }

  /** Whether all that is in the way is another run's lock. */
  public boolean isLocked() {
    return locked;
  }
}
