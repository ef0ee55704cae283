package dev.kitchenhooks.run;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** How long a run waits for the locks of others, all its waiting together. Thread-safe. */
public final class LockWait {
  private final AtomicReference<Duration> left;
  private final Consumer<String> tell;

  private LockWait(AtomicReference<Duration> left, Consumer<String> tell) {
    this.left = left;
    this.tell = tell;
  }

  /**
   * @param bound no longer than this
   * @param tell gets a line for each lock that is waited for
   */
  public LockWait(Duration bound, Consumer<String> tell) {
    this(new AtomicReference<>(bound), tell);
  }

  /** A run that waits for nobody. */
  public static LockWait none() {
    return new LockWait(Duration.ZERO, line -> {});
  }

  /** The same time, but told elsewhere. */
  public LockWait telling(Consumer<String> other) {
    return new LockWait(left, other);
  }

  /** Zero: not at all. */
  public Duration left() {
    return left.get();
  }

  /** Says whom it waits for; the time until the result is closed counts. */
  public Waiting begin(String lock) {
    tell.accept("waiting for " + lock);
    long start = System.nanoTime();
    return () -> spend(Duration.ofNanos(System.nanoTime() - start));
  }

  private void spend(Duration time) {
    left.updateAndGet(now -> now.compareTo(time) > 0 ? now.minus(time) : Duration.ZERO);
  }

  /** Ends what {@link #begin} began. */
  public interface Waiting extends AutoCloseable {
    @Override
    void close();
  }
}
