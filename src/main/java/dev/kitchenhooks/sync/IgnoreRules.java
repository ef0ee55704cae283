package dev.kitchenhooks.sync;

import dev.kitchenhooks.kitchen.Glob;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What ignore files leave out. Each line of one is a pattern for what is in its directory or below:
 * without a slash inside it is matched against names, else against paths from that directory, where
 * {@code *} matches slashes too, as in Chef's own {@code chefignore}. A slash at the end means
 * directories only. Empty lines and those that begin with {@code #} say nothing.
 */
public final class IgnoreRules {
  /** The names of ignore files; they are never sent. */
  public static final Set<String> FILES = Set.of(".chefignore", ".fixignore");

  private record Rule(
      String directory, boolean directoriesOnly, boolean path, Predicate<String> pattern) {}

  private final List<Rule> rules = new ArrayList<>();

  /**
   * Adds the rules of a directory's ignore files, if it has any.
   *
   * @param name the directory's; empty for the top
   * @throws FixException if a pattern is broken
   */
  void read(Path directory, String name) throws IOException {
    for (String file : FILES) {
      Path ignore = directory.resolve(file);
      if (Files.isRegularFile(ignore)) {
        // A character for each byte, as names are.
        add(name, file, Files.readString(ignore, StandardCharsets.ISO_8859_1));
      }
    }
  }

  /**
   * @param directory the file's
   * @param file its name
   */
  void add(String directory, String file, String text) {
    String prefix = directory.isEmpty() ? "" : directory + "/";
    var problems = new ArrayList<Problem>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String pattern = line.strip();
      if (pattern.isEmpty() || pattern.startsWith("#")) {
        continue;
      }
      int at = number;
      Glob.fault(pattern)
          .ifPresentOrElse(
              fault -> problems.add(Problem.error(prefix + file, at, 1, "the pattern " + fault)),
              () -> rules.add(rule(prefix, pattern)));
    }
    if (!problems.isEmpty()) {
      throw FixException.invalid("an ignore file is not valid", problems);
    }
  }

  private static Rule rule(String prefix, String line) {
    boolean directoriesOnly = line.endsWith("/");
    String pattern = directoriesOnly ? line.substring(0, line.length() - 1) : line;
    boolean path = pattern.contains("/");
    return new Rule(
        prefix,
        directoriesOnly,
        path,
        Glob.matcher(pattern.startsWith("/") ? pattern.substring(1) : pattern));
  }

  /** Whether it is left out, and with a directory all that is in it. */
  boolean ignore(String name, boolean directory) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    if (!directory && FILES.contains(last)) {
      return true;
    }
    for (Rule rule : rules) {
      if (name.startsWith(rule.directory)
          && (directory || !rule.directoriesOnly)
          && rule.pattern.test(rule.path ? name.substring(rule.directory.length()) : last)) {
        return true;
      }
    }
    return false;
  }
}
