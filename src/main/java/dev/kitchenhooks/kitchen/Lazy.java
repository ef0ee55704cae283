package dev.kitchenhooks.kitchen;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value made once, when first asked for. Thread-safe; a supplier that throws is asked again. */
final class Lazy<T> implements Supplier<T> {
  private final Supplier<T> supplier;
  private volatile @Nullable T value;

  Lazy(Supplier<T> supplier) {
    this.supplier = supplier;
  }

  @Override
  public T get() {
    T known = value;
    if (known != null) {
      return known;
    }
    synchronized (this) {
      known = value;
      if (known == null) {
        known = supplier.get();
        value = known;
      }
      return known;
    }
  }
}
