package dev.kitchenhooks.backup;

import dev.kitchenhooks.apphook.Confs;
import dev.kitchenhooks.json.Durations;
import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.problem.Problems;
import dev.kitchenhooks.schema.CheckedFile;
import dev.kitchenhooks.schema.JsonSchema;
import dev.kitchenhooks.schema.Report;
import dev.kitchenhooks.schema.Wording;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code confs/backup/backup.json}.
 *
 * @param repository where repositories lie: a local directory, {@code ssh://...} or {@code
 *     host:path}; each has the name of its volume there
 * @param passcommand prints the passphrase
 * @param encryption borg's word for it
 * @param directory where borgmatic looks for configurations
 * @param volumes the directory that holds the engine's volumes; asked of the engine if empty
 * @param hooks a file with borgmatic's own hooks that each configuration includes
 * @param format which of borgmatic's two formats is written
 * @param compression borg's word for it
 * @param borg the program
 * @param timeout how long {@code borg init} may take
 */
public record BackupConf(
    String repository,
    List<String> passcommand,
    String encryption,
    Path directory,
    Optional<Path> volumes,
    Optional<Path> hooks,
    Format format,
    String compression,
    String borg,
    Duration timeout) {
  /** Relative to {@code confs/}. */
  static final String FILE = "backup/backup.json";

  private static final Wording WORDING =
      new Wording() {
        @Override
        public String whole() {
          return "the configuration of backups";
        }

        @Override
        public @Nullable String insteadOfEmptyList() {
          return "for example [\"cat\", \"/root/.borg-passphrase\"]";
        }
      };

  /** The shape of a configuration. */
  public enum Format {
    /** Up to borgmatic 1.7; later ones still read it. */
    SECTIONS,
    /** From borgmatic 1.8 on. */
    FLAT
  }

  /** The published schema. */
  public static String schema() {
    return JsonSchema.text(BackupConf.class, "backup.schema.json");
  }

  /**
   * Reads it.
   *
   * @param confs the directory
   * @param problems receives all that is wrong with it
   * @return empty where there is none, or there was an error
   */
  public static Optional<BackupConf> read(Confs confs, Problems problems) {
    Path file = confs.file(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    return CheckedFile.read(file, confs.shown(file), JsonSchema.of(schema()), WORDING, problems)
        .map(document -> of(document, new Report(document, problems)));
  }

  private static BackupConf of(JsonDocument document, Report report) {
    var passcommand = new ArrayList<String>();
    document.at("/passcommand").forEach(word -> passcommand.add(word.stringValue()));
    return new BackupConf(
        document.at("/repository").stringValue(),
        List.copyOf(passcommand),
        document.at("/encryption").stringValue("repokey"),
        Path.of(document.at("/directory").stringValue("/etc/borgmatic.d")),
        document.at("/volumes").stringValueOpt().map(Path::of),
        document.at("/hooks").stringValueOpt().map(Path::of),
        document.at("/format").stringValue("").equals("flat") ? Format.FLAT : Format.SECTIONS,
        document.at("/compression").stringValue("zstd"),
        document.at("/borg").stringValue("borg"),
        timeout(document, report));
  }

  private static Duration timeout(JsonDocument document, Report report) {
    String text = document.at("/timeout").stringValue("2m");
    Optional<Duration> timeout = Durations.parse(text).filter(Duration::isPositive);
    if (timeout.isEmpty()) {
      report.error("/timeout", "\"timeout\" must be longer than nothing", null);
    }
    return timeout.orElse(Duration.ofMinutes(2));
  }
}
