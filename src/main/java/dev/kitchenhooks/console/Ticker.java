package dev.kitchenhooks.console;

/** Does something once a second until it is stopped. */
@FunctionalInterface
interface Ticker {
  /** Ticks on a virtual thread, which never keeps the process alive. */
  Ticker EVERY_SECOND =
      action -> {
        Thread thread = Thread.ofVirtual().name("status-line").start(() -> tick(action));
        return thread::interrupt;
      };

  Ticking start(Runnable action);

  /** What {@link #start} began. */
  @FunctionalInterface
  interface Ticking {
    void stop();
  }

  private static void tick(Runnable action) {
    try {
      while (true) {
        Thread.sleep(1_000);
        action.run();
      }
    } catch (InterruptedException e) {
      // Stopped: this is how the thread ends.
      Thread.currentThread().interrupt();
    }
  }
}
