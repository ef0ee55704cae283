package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.json.Durations;
import dev.kitchenhooks.json.Position;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Typed reading of INI files: sections of the same name are one, later keys win, {@code [DEFAULT]}
 * stands in for keys that a section lacks, an empty value is none. A value of the wrong type is a
 * problem at its place, and then counts as missing. No value is ever shown: it may be a secret.
 */
final class Settings {
  private static final String DEFAULT = "DEFAULT";
  private static final Set<String> YES = Set.of("1", "yes", "true", "on");
  private static final Set<String> NO = Set.of("0", "no", "false", "off");
  private static final Pattern REFERENCE = Pattern.compile("%(?:\\(([^)]+)\\)s|%)");

  /** Values that refer to each other in a circle end here, as in Python. */
  private static final int MAX_DEPTH = 10;

  private final Path kitchen;
  private final Problems problems;
  private final Map<String, Map<String, IniFile.Entry>> sections = new HashMap<>();

  Settings(Path kitchen, List<IniFile> files, Problems problems) {
    this.kitchen = kitchen;
    this.problems = problems;
    for (IniFile file : files) {
      for (IniFile.Section section : file.sections()) {
        Map<String, IniFile.Entry> entries =
            sections.computeIfAbsent(section.name(), name -> new HashMap<>());
        section.entries().forEach(entry -> put(entries, entry));
      }
    }
  }

  private void put(Map<String, IniFile.Entry> entries, IniFile.Entry entry) {
    IniFile.Entry first = entries.put(ConfigKeys.canonical(entry.key()), entry);
    if (first != null) {
      problems.add(
          at(
              Problem.Severity.WARNING,
              entry,
              entry.keyPlace(),
              "\"%s\" again; this one counts, not %s:%d:%d"
                  .formatted(
                      entry.key(),
                      first.file(),
                      first.keyPlace().line(),
                      first.keyPlace().column())));
    }
  }

  /** The entry of a key, if it has a value. */
  Optional<IniFile.Entry> entry(String section, String key) {
    return find(section, key).filter(entry -> !entry.value().isEmpty());
  }

  private Optional<IniFile.Entry> find(String section, String key) {
    String canonical = ConfigKeys.canonical(key);
    IniFile.Entry own = sections.getOrDefault(section, Map.of()).get(canonical);
    return Optional.ofNullable(
        own == null ? sections.getOrDefault(DEFAULT, Map.of()).get(canonical) : own);
  }

  /** The value as written, for keys that LittleChef reads so. */
  Optional<String> raw(String section, String key) {
    return entry(section, key).map(IniFile.Entry::value);
  }

  Optional<String> text(String section, String key) {
    return entry(section, key)
        .flatMap(entry -> interpolated(section, entry, entry.value(), MAX_DEPTH));
  }

  /** By the words that Python takes for a boolean; false where there is none. */
  boolean flag(String section, String key) {
    checkFlag(section, key);
    return text(section, key)
        .filter(text -> YES.contains(text.toLowerCase(Locale.ROOT)))
        .isPresent();
  }

  /** Reports a value that is no boolean. */
  void checkFlag(String section, String key) {
    String text = text(section, key).orElse("no").toLowerCase(Locale.ROOT);
    if (!YES.contains(text) && !NO.contains(text)) {
      wrong(section, key, "expected yes or no");
    }
  }

  Optional<Duration> duration(String section, String key) {
    Optional<String> text = text(section, key);
    Optional<Duration> duration = text.flatMap(Durations::parse).filter(Duration::isPositive);
    if (text.isPresent() && duration.isEmpty()) {
      wrong(section, key, "expected a duration such as 30s, 5m or 1h30m");
    }
    return duration;
  }

  /** An argument vector. */
  Optional<List<String>> words(String section, String key) {
    return words(section, key, text(section, key));
  }

  Optional<List<String>> words(String section, String key, Optional<String> text) {
    Optional<List<String>> words = text.flatMap(WordSplitter::split);
    if (text.isPresent() && words.isEmpty()) {
      wrong(
          section,
          key,
          "a quote is not closed, or nothing follows the last backslash",
          // The parser has cut it off before the quotes were looked at.
          "\" ;\" begins a comment");
    }
    return words;
  }

  /** A path on this machine: relative to the kitchen, {@code ~} is the caller's home. */
  Optional<Path> path(String section, String key) {
    return text(section, key)
        .map(text -> {
          if (text.indexOf('\0') >= 0) {
            wrong(section, key, "expected a path");
            return kitchen;
          }
          boolean home = text.equals("~") || text.startsWith("~/");
          String full = home ? System.getProperty("user.home") + text.substring(1) : text;
          return kitchen.resolve(full).normalize();
        });
  }

  /** Reports the value of a key. */
  void wrong(String section, String key, String message) {
    wrong(section, key, message, null);
  }

  private void wrong(String section, String key, String message, @Nullable String hint) {
    entry(section, key)
        .ifPresent(entry ->
            problems.add(
                at(
                        Problem.Severity.ERROR,
                        entry,
                        entry.valuePlace(),
                        "%s: %s".formatted(entry.key(), message))
                    .withHint(hint)));
  }

  /**
   * As the ConfigParser that LittleChef uses: a value without {@code %(} is taken as it is, so that
   * a password may hold a percent sign.
   */
  private Optional<String> interpolated(
      String section, IniFile.Entry entry, String value, int depth) {
    if (!value.contains("%(")) {
      return Optional.of(value);
    }
    var text = new StringBuilder();
    Matcher reference = REFERENCE.matcher(value);
    int done = 0;
    while (reference.find()) {
      text.append(value, done, reference.start());
      done = reference.end();
      String name = reference.group(1);
      if (name == null) {
        text.append('%');
        continue;
      }
      Optional<String> inner =
          depth == 0
              ? Optional.empty()
              : find(section, name.toLowerCase(Locale.ROOT))
                  .flatMap(found -> interpolated(section, entry, found.value(), depth - 1));
      if (inner.isEmpty()) {
        if (depth == MAX_DEPTH) {
          problems.add(
              at(
                      Problem.Severity.ERROR,
                      entry,
                      entry.valuePlace(),
                      entry.key() + ": a %(NAME)s in it cannot be replaced by the value of a key")
                  .withHint("a literal percent sign is written %% in such a value"));
        }
        return Optional.empty();
      }
      text.append(inner.get());
    }
    return Optional.of(text.append(value, done, value.length()).toString());
  }

  private static Problem at(
      Problem.Severity severity, IniFile.Entry entry, Position place, String message) {
    return new Problem(severity, entry.file(), place.line(), place.column(), message, null);
  }
}
