package dev.kitchenhooks.hook;

import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.json.JsonText;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads {@code plugin}. */
final class PluginReader {
  private final JsonDocument document;
  private final Report report;

  PluginReader(JsonDocument document, Report report) {
    this.document = document;
    this.report = report;
  }

  Optional<PluginSource> read() {
    JsonNode plugin = document.at("/plugin");
    if (!plugin.isObject()) {
      return Optional.empty();
    }
    String path = plugin.path("path").stringValue(".");
    boolean leaves =
        path.indexOf('\0') < 0
            && (path.startsWith("/") || Path.of(path).normalize().startsWith(".."));
    if (leaves) {
      report.error(
          "/plugin/path", "%s is not inside the plugin".formatted(JsonText.quoted(path)), null);
    }
    return Optional.of(
        new PluginSource(
            plugin.path("repo").stringValue(""), plugin.path("ref").stringValue(""), path));
  }
}
