package dev.kitchenhooks.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one {@code fix} command left behind.
 *
 * @param exit its exit code
 * @param out what it wrote to stdout
 * @param err what it wrote to stderr
 */
public record FixResult(int exit, String out, String err) {

  /** The events of a run with {@code --output json}. */
  public List<JsonNode> events() {
    return out.lines().map(JsonMapper.shared()::readTree).toList();
  }

  /** Each node's outcome, by FQDN, of a run with {@code --output json}. */
  public Map<String, String> outcomes() {
    Map<String, String> outcomes = new LinkedHashMap<>();
    for (JsonNode event : events()) {
      if (event.path("event").asString().equals("node-finished")) {
        outcomes.put(event.path("node").asString(), event.path("outcome").asString());
      }
    }
    return outcomes;
  }

  /** What a node's last event says: {@code reason}. */
  public String reason(String node) {
    return events().stream()
        .filter(e -> e.path("event").asString().equals("node-finished"))
        .filter(e -> e.path("node").asString().equals(node))
        .map(e -> e.path("reason").asString())
        .findFirst()
        .orElseThrow();
  }
}
