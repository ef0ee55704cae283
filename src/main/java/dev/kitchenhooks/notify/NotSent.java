package dev.kitchenhooks.notify;

/** Why a notice did not arrive, as far as is known. Its message may hold a secret. */
final class NotSent extends Exception {
  private static final long serialVersionUID = 1L;

  NotSent(String why) {
    super(why);
  }

  /** What went wrong, never null. */
  String why() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
