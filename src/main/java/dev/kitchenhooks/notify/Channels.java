package dev.kitchenhooks.notify;

import dev.kitchenhooks.apphook.Confs;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problems;
import dev.kitchenhooks.schema.JsonSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All channels of {@code confs/notify/}, and which of them is told what. */
final class Channels {
  private static final String ENDING = ".json";

  private final List<Channel> all;

  Channels(List<Channel> all) {
    this.all = List.copyOf(all);
  }

  /** The published schema of one. */
  static String schema() {
    return JsonSchema.text(Channels.class, "notify.schema.json");
  }

  /**
   * Reads them.
   *
   * @param problems receives all that is wrong in all files
   */
  static Channels read(Confs confs, Problems problems) {
    List<Path> files = files(confs.file("notify"));
    if (files.isEmpty()) {
      return new Channels(List.of());
    }
    JsonSchema schema = JsonSchema.of(schema());
    var channels = new ArrayList<Channel>();
    for (Path file : files) {
      String name = file.getFileName().toString().replace(ENDING, "");
      new ChannelReader(schema, name)
          .read(file, confs.shown(file), problems)
          .ifPresent(channels::add);
    }
    return new Channels(channels);
  }

  private static List<Path> files(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(f -> f.toString().endsWith(ENDING)).sorted().toList();
    } catch (IOException e) {
      throw FixException.invalid(
              "%s cannot be read: %s".formatted(directory, e.getMessage()), "make it readable")
          .causedBy(e);
    }
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** Those that name the application; else those that are told by default. */
  List<Channel> ofApplication(String application) {
    List<Channel> named = all.stream().filter(c -> c.applications().contains(application)).toList();
    return named.isEmpty() ? all.stream().filter(Channel::byDefault).toList() : named;
  }

  /** Those that are told how runs end. */
  List<Channel> ofRuns() {
    return all.stream().filter(Channel::runs).toList();
  }
}
