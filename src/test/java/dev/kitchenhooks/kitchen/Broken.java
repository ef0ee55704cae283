package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.testkit.KitchenBuilder;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A kitchen with a fault.
 *
 * @param name of the case
 * @param breaking what makes a sound kitchen a broken one
 * @param said every problem of a run of node "a", errors or else warnings
 */
record Broken(String name, UnaryOperator<KitchenBuilder> breaking, List<String> said) {
  static Broken of(String name, UnaryOperator<KitchenBuilder> breaking, String... said) {
    return new Broken(name, breaking, List.of(said));
  }

  /** A node file as given. */
  static Broken node(String name, String json, String... said) {
    return of(name, kitchen -> kitchen.nodeJson("a", json), said);
  }

  @Override
  public String toString() {
    return name;
  }
}
