package dev.kitchenhooks.hub;

import dev.kitchenhooks.json.JsonDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@link Claims} as the text of {@code apps.owners.json}. */
final class ClaimsText {
  private static final int VERSION = 1;

  private ClaimsText() {}

  /** Whether a document is one of ours, as far as can be told. */
  static boolean isKnown(JsonDocument document) {
    return document.at("/version").intValue(0) == VERSION && document.at("/entries").isObject();
  }

  /** Reads it; whatever is not of the form that we write is left out. */
  static Claims read(JsonDocument document) {
    var bySlot = new TreeMap<Slot, List<Claim>>();
    for (Map.Entry<String, JsonNode> entry : document.at("/entries").properties()) {
      for (Map.Entry<String, JsonNode> environment : entry.getValue().properties()) {
        var claims = new ArrayList<Claim>();
        for (JsonNode each : environment.getValue()) {
          claims.add(
              new Claim(
                  each.path("application").stringValue(""),
                  each.path("service").stringValue(""),
                  each.path("host").stringValue("")));
        }
        bySlot.put(new Slot(entry.getKey(), environment.getKey()), claims);
      }
    }
    return new Claims(bySlot);
  }

  static String of(Claims claims) {
    ObjectNode entries = JsonNodeFactory.instance.objectNode();
    claims
        .bySlot()
        .forEach((slot, all) -> {
          ArrayNode list = entries.withObjectProperty(slot.key()).putArray(slot.environment());
          for (Claim claim : all) {
            list.addObject()
                .put("application", claim.application())
                .put("service", claim.service())
                .put("host", claim.host());
          }
        });
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("version", VERSION).set("entries", entries);
    return OneLine.of(root);
  }
}
