package dev.kitchenhooks.monitoring;

import dev.kitchenhooks.compose.ComposeFile;
import dev.kitchenhooks.compose.Labels;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problems;
import dev.kitchenhooks.store.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * The labels by which Prometheus knows whose a container is: cAdvisor makes {@code
 * container_label_capp_app} and {@code container_label_capp_environment} of them.
 */
final class Labelling {
  private Labelling() {}

  static SequencedMap<String, String> labels(String app, String environment) {
    var labels = new LinkedHashMap<String, String>();
    labels.put("capp.app", app);
    labels.put("capp.environment", environment);
    return labels;
  }

  /**
   * Labels the services of a compose file where they stand.
   *
   * @return what was done, for people
   * @throws FixException with all that is wrong with the file, which is then as it was
   */
  static String label(Path file, SequencedMap<String, String> labels) {
    if (!Files.exists(file)) {
      return "there is no compose file %s: nothing to label".formatted(file);
    }
    var problems = new Problems();
    ComposeFile compose = ComposeFile.read(file, file.toString(), problems);
    problems.throwIfErrors("the compose file cannot be labelled");
    if (compose == null) {
      throw new IllegalStateException("no compose file, and no problem: " + file);
    }
    try {
      String before = Files.readString(file);
      String after = Labels.set(compose, labels);
      if (after.equals(before)) {
        return "%s has its labels already".formatted(file.getFileName());
      }
      AtomicFile.write(file, after, "rw-r--r--");
      return "labelled the services of %s".formatted(file.getFileName());
    } catch (IOException e) {
      throw FixException.invalid(
              "%s cannot be written: %s".formatted(file, e),
              "you must be allowed to write to its directory, and the disk have room")
          .causedBy(e);
    }
  }
}
