package dev.kitchenhooks.backup;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whose a configuration is: it says so in its first line, since its name does not tell. {@code
 * a-b-prod_data} could be of {@code a} or of {@code a-b}.
 *
 * @param application its name
 * @param environment where it is deployed
 */
record Owner(String application, String environment) {
  private static final String BEGIN = "# Written by fix, for ";

  /** The first line. */
  String line() {
    return BEGIN
        + JsonMapper.shared()
            .createObjectNode()
            .put("application", application)
            .put("environment", environment);
  }

  /** The owner that a configuration names; empty where it is not one of ours. */
  static Optional<Owner> of(String text) {
    String line = text.lines().findFirst().orElse("");
    if (!line.startsWith(BEGIN)) {
      return Optional.empty();
    }
    try {
      JsonNode said = JsonMapper.shared().readTree(line.substring(BEGIN.length()));
      return Optional.of(
          new Owner(
              said.path("application").stringValue(""), said.path("environment").stringValue("")));
    } catch (JacksonException notOurs) {
      return Optional.empty();
    }
  }
}
