package dev.kitchenhooks.kitchen;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** {@code [apps]}: how applications come onto nodes. */
final class AppSettings {
  private static final String SECTION = "apps";

  /** Images have to be pulled. */
  private static final Duration DEPLOY_TIMEOUT = Duration.ofMinutes(15);

  private AppSettings() {}

  static KitchenConfig.Apps read(Settings settings) {
    return new KitchenConfig.Apps(
        settings.words(SECTION, "compose_command").orElse(List.of()),
        settings.duration(SECTION, "deploy_timeout").orElse(DEPLOY_TIMEOUT));
  }

  /** Where the directories of scripts lie. */
  static Path scripts(Settings settings, Path kitchen) {
    return settings.path(SECTION, "scripts").orElse(kitchen.resolve("hooks"));
  }
}
