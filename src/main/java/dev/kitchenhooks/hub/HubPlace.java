package dev.kitchenhooks.hub;

import dev.kitchenhooks.container.Volumes;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds the hub's directory. */
public final class HubPlace {
  private final HubConf conf;
  private final Volumes volumes;

  public HubPlace(HubConf conf, Volumes volumes) {
    this.conf = conf;
    this.volumes = volumes;
  }

  /**
   * Where {@code apps.json} is kept.
   *
   * @param absent told why there is no such place
   */
  public Optional<AppsFile> find(Consumer<String> absent) {
    return directory(absent).map(AppsFile::new);
  }

  private Optional<Path> directory(Consumer<String> absent) {
    if (conf.directory().isPresent()) {
      return conf.directory();
    }
    return switch (volumes.find(conf.volume())) {
      case Volumes.Directory(Path path) -> Optional.of(path);
      case Volumes.Absent(String why) -> {
        absent.accept(why);
        yield Optional.empty();
      }
    };
  }
}
