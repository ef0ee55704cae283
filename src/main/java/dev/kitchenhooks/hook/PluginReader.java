package dev.kitchenhooks.hook;

import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.schema.Report;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads {@code plugin}. */
final class PluginReader {
  private static final Pattern WITH_PASSWORD = Pattern.compile("\\w[\\w+.-]*://[^/@]*:[^/@]+@.*");

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
    String repo = plugin.path("repo").stringValue("");
    if (WITH_PASSWORD.matcher(repo).matches()) {
      report.error(
          "/plugin/repo",
          "the address holds a password, which everybody would see",
          "leave it to ssh-agent or to a credential helper of git");
    }
    String path = plugin.path("path").stringValue(".");
    return Optional.of(
        new PluginSource(repo, plugin.path("ref").stringValue(""), isInside(path) ? path : "."));
  }

  private boolean isInside(String path) {
    try {
      if (!path.startsWith("/") && !Path.of(path).normalize().startsWith("..")) {
        return true;
      }
      report.error(
          "/plugin/path", "%s is not inside the plugin".formatted(JsonText.quoted(path)), null);
    } catch (InvalidPathException e) {
      // The schema has spoken of NUL; what is left are characters the file system cannot write.
      if (path.indexOf('\0') < 0) {
        report.error("/plugin/path", JsonText.quoted(path) + " cannot be a file's name", null);
      }
    }
    return false;
  }
}
