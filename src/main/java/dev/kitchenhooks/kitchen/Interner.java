package dev.kitchenhooks.kitchen;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps one of several equal values, so that the others can be forgotten. Thread-safe. */
final class Interner {
  private final Map<Object, Object> known = new ConcurrentHashMap<>();

  /** The value that was first given among those equal to this one. Values are immutable. */
  @SuppressWarnings("unchecked") // Equal strings, lists and sets are each of the same type.
  <T> T same(T value) {
    Object first = known.putIfAbsent(value, value);
    return first == null ? value : (T) first;
  }
}
