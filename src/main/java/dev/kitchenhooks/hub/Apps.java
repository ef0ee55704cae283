package dev.kitchenhooks.hub;

import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code apps.json} says: {@code {"APP-SERVICE": {"ENV": "host"}}}. What no claim is about is
 * somebody else's, and kept as it is.
 */
final class Apps {
  private Apps() {}

  /**
   * The same with these slots as the claims have them: the host that is shown, or nothing.
   *
   * @param apps all that the file says; not changed
   */
  static ObjectNode with(ObjectNode apps, Claims claims, Set<Slot> slots) {
    ObjectNode result = apps.deepCopy();
    for (Slot slot : slots) {
      claims
          .shown(slot)
          .ifPresentOrElse(claim -> put(result, slot, claim.host()), () -> remove(result, slot));
    }
    return result;
  }

  private static void put(ObjectNode apps, Slot slot, String host) {
    // Whatever else stands there, the documented form has an object.
    ObjectNode entry =
        apps.get(slot.key()) instanceof ObjectNode object ? object : apps.putObject(slot.key());
    entry.put(slot.environment(), host);
  }

  private static void remove(ObjectNode apps, Slot slot) {
    if (apps.get(slot.key()) instanceof ObjectNode entry) {
      entry.remove(slot.environment());
      if (entry.isEmpty()) {
        apps.remove(slot.key());
      }
    }
  }
}
