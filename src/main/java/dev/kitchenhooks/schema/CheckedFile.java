package dev.kitchenhooks.schema;

import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.problem.Problems;
import java.nio.file.Path;
import java.util.Optional;

/** A JSON file that is read only if its schema finds nothing wrong with it. */
public final class CheckedFile {
  private CheckedFile() {}

  /**
   * Reads a file.
   *
   * @param shown the file as shown in problems
   * @param problems receives all that is wrong with it
   * @return empty where there was an error
   */
  public static Optional<JsonDocument> read(
      Path file, String shown, JsonSchema schema, Wording wording, Problems problems) {
    var ofFile = new Problems();
    JsonDocument document = JsonDocument.read(file, shown, ofFile);
    if (document != null) {
      SchemaFaults.report(schema, wording, document, new Report(document, ofFile));
    }
    problems.addAll(ofFile.sorted());
    return ofFile.hasErrors() ? Optional.empty() : Optional.ofNullable(document);
  }
}
