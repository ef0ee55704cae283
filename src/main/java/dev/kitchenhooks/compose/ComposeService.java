package dev.kitchenhooks.compose;

import dev.kitchenhooks.json.Position;
import java.util.SequencedMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * A service of a compose file, as it stands in this one file: what {@code extends} brings from
 * elsewhere is not there.
 *
 * @param name its key below {@code services}
 * @param place of that key
 * @param definition all that is said of it, aliases followed and {@code <<} merged; empty where
 *     nothing is
 * @param environment its variables, whether written as a mapping or as a list of {@code K=V}; one
 *     without a value has an empty one. Values stand as in the file: nothing is interpolated
 */
public record ComposeService(
    String name, Position place, ObjectNode definition, SequencedMap<String, String> environment) {

  /** Whether anything is said of it. */
  public boolean isDefined() {
    return !definition.isEmpty();
  }
}
