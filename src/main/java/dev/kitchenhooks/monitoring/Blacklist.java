package dev.kitchenhooks.monitoring;

import dev.kitchenhooks.apphook.Confs;
import dev.kitchenhooks.problem.Problems;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Applications without a dashboard: {@code confs/monitoring/blacklist}, one name a line; blank
 * lines and those that start with {@code #} say nothing.
 */
record Blacklist(Set<String> applications) {
  /** Below {@code confs/}. */
  static final String FILE = "monitoring/blacklist";

  /** Reads it; an empty one where there is none, or it cannot be read. */
  static Blacklist read(Confs confs, Problems problems) {
    String text = confs.text(FILE, problems);
    return text == null ? new Blacklist(Set.of()) : parse(text);
  }

  static Blacklist parse(String text) {
    return new Blacklist(
        text.lines()
            .map(line -> line.replace("\uFEFF", "").strip())
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .collect(Collectors.toUnmodifiableSet()));
  }

  boolean names(String application) {
    return applications.contains(application);
  }
}
