package dev.kitchenhooks.process;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells whatever is in flight that it shall stop: first gently, then at once. One for a whole run;
 * thread-safe. A level never sinks.
 */
public final class StopRequest {
  /** How urgent. */
  public enum Level {
    NONE,
    /** SIGTERM. */
    TERMINATE,
    /** SIGKILL. */
    KILL
  }

  private final List<Consumer<Level>> listeners = new ArrayList<>();
  private Level level = Level.NONE;

  public synchronized Level level() {
    return level;
  }

  /**
   * Raises the level and tells all listeners, on this thread; nothing happens if it is that high
   * already.
   */
  public void request(Level newLevel) {
    List<Consumer<Level>> told;
    synchronized (this) {
      if (newLevel.compareTo(level) <= 0) {
        return;
      }
      level = newLevel;
      told = List.copyOf(listeners);
    }
    told.forEach(listener -> listener.accept(newLevel));
  }

  /**
   * Tells {@code listener} every raise of the level until the registration is closed. A level that
   * is already above {@link Level#NONE} is told at once, on this thread.
   */
  public Registration onRequest(Consumer<Level> listener) {
    Level now;
    synchronized (this) {
      listeners.add(listener);
      now = level;
    }
    if (now != Level.NONE) {
      listener.accept(now);
    }
    return () -> {
      synchronized (this) {
        listeners.remove(listener);
      }
    };
  }

  /** Ends what {@link #onRequest} began. */
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
