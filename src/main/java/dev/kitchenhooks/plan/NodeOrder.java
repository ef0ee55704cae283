package dev.kitchenhooks.plan;

import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Nearest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;

/** In which order the nodes of a run start. */
public sealed interface NodeOrder {
  /** As the orders name them. */
  record Given() implements NodeOrder {}

  record ByName() implements NodeOrder {}

  /** The given order, the last first. */
  record Reverse() implements NodeOrder {}

  /** The same seed gives the same order of the same nodes. */
  record Shuffle(int seed) implements NodeOrder {}

  String SHUFFLE = "shuffle";

  /**
   * Reads what {@code --order} says.
   *
   * @param seeds where a shuffle that names no seed gets one
   * @throws FixException if it is no order
   */
  static NodeOrder parse(String text, IntSupplier seeds) {
    return switch (text) {
      case "given" -> new Given();
      case "name" -> new ByName();
      case "reverse" -> new Reverse();
      case SHUFFLE -> new Shuffle(seeds.getAsInt());
      default -> {
        if (text.matches(SHUFFLE + ":\\d{1,9}")) {
          yield new Shuffle(Integer.parseInt(text.substring(SHUFFLE.length() + 1)));
        }
        throw unknown(text);
      }
    };
  }

  private static FixException unknown(String text) {
    if (text.startsWith(SHUFFLE + ":")) {
      return FixException.invalid(
          "--order %s: a seed of at most nine digits was expected".formatted(text),
          "try --order shuffle:42, or --order shuffle, which picks a seed and tells it");
    }
    List<String> known = List.of("given", "name", "reverse", SHUFFLE);
    String hint = Nearest.hint(text, known);
    return FixException.invalid(
        "--order %s: given, name, reverse, shuffle or shuffle:SEED was expected".formatted(text),
        hint == null ? "leave it out for the order in which the nodes are named" : hint);
  }

  /** As a person would type it; a shuffle with its seed. */
  default String text() {
    return switch (this) {
      case Given() -> "given";
      case ByName() -> "name";
      case Reverse() -> "reverse";
      case Shuffle(int seed) -> SHUFFLE + ":" + seed;
    };
  }

  /** The nodes in this order. */
  default List<NodeFacts> of(List<NodeFacts> given) {
    var nodes = new ArrayList<>(given);
    switch (this) {
      case Given() -> {}
      case ByName() -> nodes.sort(Comparator.comparing(NodeFacts::fqdn));
      case Reverse() -> Collections.reverse(nodes);
      case Shuffle(int seed) -> Collections.shuffle(nodes, new SplittableRandom(seed));
    }
    return List.copyOf(nodes);
  }
}
