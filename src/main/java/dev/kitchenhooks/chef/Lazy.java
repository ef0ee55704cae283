package dev.kitchenhooks.chef;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What is got once, at the first call that succeeds. Thread-safe. */
final class Lazy<T> {
  private final Getting<T> getting;
  private @Nullable T got;

  /** Gets something from files. */
  interface Getting<T> {
    T get() throws IOException;
  }

  Lazy(Getting<T> getting) {
    this.getting = getting;
  }

  synchronized T get() throws IOException {
    T known = got;
    if (known == null) {
      known = getting.get();
      got = known;
    }
    return known;
  }
}
