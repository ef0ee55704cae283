package dev.kitchenhooks.hub;

import java.util.Comparator;

/**
 * A place in {@code apps.json} that holds one host.
 *
 * @param key the entry's name
 * @param environment the name in the entry
 */
record Slot(String key, String environment) implements Comparable<Slot> {
  private static final Comparator<Slot> ORDER =
      Comparator.comparing(Slot::key).thenComparing(Slot::environment);

  @Override
  public int compareTo(Slot other) {
    return ORDER.compare(this, other);
  }
}
