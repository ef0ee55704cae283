package dev.kitchenhooks.hub;

import dev.kitchenhooks.apphook.Confs;
import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.problem.Problems;
import dev.kitchenhooks.schema.CheckedFile;
import dev.kitchenhooks.schema.JsonSchema;
import dev.kitchenhooks.schema.Wording;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code confs/hub/hub.json}.
 *
 * @param volume the volume that holds {@code data/apps.json}
 * @param directory a plain directory in its place
 * @param scheme of the page's links: {@code https}
 */
public record HubConf(String volume, Optional<Path> directory, String scheme) {
  /** Relative to {@code confs/}. */
  static final String FILE = "hub/hub.json";

  private static final Wording WORDING = () -> "the hub's configuration";

  /** The published schema. */
  public static String schema() {
    return JsonSchema.text(HubConf.class, "hub.schema.json");
  }

  /**
   * Reads it.
   *
   * @param confs the directory
   * @param problems receives all that is wrong with it
   * @return the defaults where there is none; empty where there was an error
   */
  public static Optional<HubConf> read(Confs confs, Problems problems) {
    Path file = confs.file(FILE);
    if (!Files.exists(file)) {
      return Optional.of(new HubConf("hub_data", Optional.empty(), "https"));
    }
    return CheckedFile.read(file, confs.shown(file), JsonSchema.of(schema()), WORDING, problems)
        .map(HubConf::of);
  }

  private static HubConf of(JsonDocument document) {
    return new HubConf(
        document.at("/volume").stringValue("hub_data"),
        document.at("/directory").stringValueOpt().map(Path::of),
        document.at("/scheme").stringValue("https"));
  }
}
