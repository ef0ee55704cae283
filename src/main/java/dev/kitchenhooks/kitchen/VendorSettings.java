package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.kitchen.KitchenConfig.Vendoring;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where cookbooks of others lie, and what puts them there. */
final class VendorSettings {
  private static final String SECTION = "kitchen";
  private static final String DIRECTORY = "berksfile_cookbooks_directory";
  private static final Duration TIMEOUT = Duration.ofMinutes(15);

  /** Berkshelf's own default, and what such a directory is called on a node. */
  private static final String NAME = "berks-cookbooks";

  /** What is replaced as a whole must be nothing else. */
  private static final Set<String> TAKEN =
      Set.of(
          "",
          ".fix",
          ".git",
          "cookbooks",
          "data_bags",
          "environments",
          "hook-defs",
          "hooks",
          "nodes",
          "plugins",
          "roles",
          "site-cookbooks");

  private final Path kitchen;
  private final Settings settings;

  VendorSettings(Path kitchen, Settings settings) {
    this.kitchen = kitchen;
    this.settings = settings;
  }

  Optional<CookbookFolder> cookbooks() {
    Optional<Path> named = settings.path(SECTION, DIRECTORY);
    if (named.isEmpty() && source().isEmpty()) {
      return Optional.empty();
    }
    Path directory = named.orElse(kitchen.resolve(NAME));
    boolean around = kitchen.startsWith(directory);
    Path inside = directory.startsWith(kitchen) ? kitchen.relativize(directory) : directory;
    if (around || (!inside.isAbsolute() && TAKEN.contains(inside.getName(0).toString()))) {
      settings.wrong(
          SECTION, DIRECTORY, "expected a directory of its own, for all in it is replaced");
    }
    boolean atTop = !inside.isAbsolute() && inside.getNameCount() == 1;
    return Optional.of(new CookbookFolder(atTop ? inside.toString() : NAME, directory));
  }

  Optional<Vendoring> vendoring() {
    List<String> command = settings.words(SECTION, "vendor_command").orElse(List.of());
    Duration timeout = settings.duration(SECTION, "vendor_timeout").orElse(TIMEOUT);
    if (source().isEmpty()) {
      return Optional.empty();
    }
    Optional<Path> policyfile = settings.path(SECTION, "policyfile");
    Optional<Path> berksfile = settings.path(SECTION, "berksfile");
    if (policyfile.isPresent() && berksfile.isPresent()) {
      settings.wrong(SECTION, "policyfile", "there is a berksfile already; leave one of them out");
    }
    return berksfile
        .map(file -> new Vendoring(Vendoring.Source.BERKSHELF, file, command, timeout))
        .or(() ->
            policyfile.map(
                file -> new Vendoring(Vendoring.Source.POLICYFILE, file, command, timeout)));
  }

  private Optional<IniFile.Entry> source() {
    return settings.entry(SECTION, "berksfile").or(() -> settings.entry(SECTION, "policyfile"));
  }
}
