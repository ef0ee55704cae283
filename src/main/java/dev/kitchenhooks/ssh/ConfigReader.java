package dev.kitchenhooks.ssh;

import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Reads ssh_config files with all that they include, each once. */
final class ConfigReader {
  /** READCONF_MAX_DEPTH of OpenSSH. */
  private static final int MAX_DEPTH = 16;

  private final SshEnvironment environment;
  private final Path includesFrom;
  private final Problems problems;

  /**
   * @param includesFrom where relative includes lie
   * @param problems takes everything that is wrong in the files
   */
  ConfigReader(SshEnvironment environment, Path includesFrom, Problems problems) {
    this.environment = environment;
    this.includesFrom = includesFrom;
    this.problems = problems;
  }

  /**
   * @param checkOwner whether others must not be able to write it, as OpenSSH wants it of the
   *     caller's own file and of all included ones
   */
  List<ConfigNode> read(Path file, boolean checkOwner) {
    return read(file, checkOwner, 0);
  }

  private List<ConfigNode> read(Path file, boolean checkOwner, int depth) {
    var nodes = new ArrayList<ConfigNode>();
    try {
      if (checkOwner && !isSafe(file)) {
        problems.add(
            Problem.error(file.toString(), 0, 0, "others may write this file, or own it")
                .withHint("chmod go-w it, as ssh demands"));
        return List.of();
      }
      // Not strict: OpenSSH reads bytes, and a comment may be in any encoding.
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      int number = 0;
      for (String line : text.split("\n", -1)) {
        number++;
        add(line, file, number, depth, nodes);
      }
    } catch (IOException e) {
      problems.add(Problem.error(file.toString(), 0, 0, "cannot be read: " + e));
    }
    return List.copyOf(nodes);
  }

  private void add(String line, Path file, int number, int depth, List<ConfigNode> nodes) {
    try {
      ConfigLine parsed = ConfigLine.parse(line).orElse(null);
      if (parsed == null) {
        return;
      }
      nodes.add(
          switch (parsed.keyword()) {
            case "host" -> new ConfigNode.Host(parsed.words());
            case "match" -> match(parsed.words());
            case "include" -> include(parsed.words(), depth);
            default -> new ConfigNode.Setting(parsed, file.toString(), number);
          });
    } catch (IllegalArgumentException e) {
      problems.add(Problem.error(file.toString(), number, 0, String.valueOf(e.getMessage())));
    }
  }

  private static ConfigNode match(List<String> words) {
    List<String> criteria = words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    if (!Set.of("all", "final", "canonical").containsAll(criteria)) {
      return new ConfigNode.Opaque();
    }
    boolean asks = criteria.contains("final");
    return new ConfigNode.Match(asks || criteria.contains("canonical"), asks);
  }

  private ConfigNode include(List<String> patterns, int depth) {
    if (depth >= MAX_DEPTH) {
      throw new IllegalArgumentException("includes itself, or too deep (" + MAX_DEPTH + " files)");
    }
    var files = new ArrayList<List<ConfigNode>>();
    for (String pattern : patterns) {
      for (Path file : expand(pattern)) {
        files.add(read(file, true, depth + 1));
      }
    }
    return new ConfigNode.Include(List.copyOf(files));
  }

  private List<Path> expand(String pattern) {
    String name = pattern.startsWith("~/") ? environment.home() + pattern.substring(1) : pattern;
    String absolute = includesFrom.resolve(name).normalize().toString();
    int firstWildcard = wildcard(absolute);
    if (firstWildcard < 0) {
      Path file = Path.of(absolute);
      return Files.exists(file) ? List.of(file) : List.of();
    }
    Path base = Path.of(absolute.substring(0, absolute.lastIndexOf('/', firstWildcard) + 1));
    // Braces are plain characters in glob(7), but not in Java's.
    PathMatcher matcher =
        FileSystems.getDefault()
            .getPathMatcher("glob:" + absolute.replace("{", "\\{").replace("}", "\\}"));
    int depth = Path.of(absolute).getNameCount() - base.getNameCount();
    try (Stream<Path> found = Files.find(base, depth, (path, _) -> isMatch(matcher, base, path))) {
      return found.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      // As glob(3) has it: a directory that is not there, or cannot be read, holds nothing.
      return List.of();
    }
  }

  /** As glob(7) has it: a leading dot must be written out. */
  private static boolean isMatch(PathMatcher matcher, Path base, Path path) {
    return matcher.matches(path)
        && Stream.of(base.relativize(path).toString().split("/", -1))
            .noneMatch(p -> p.startsWith("."));
  }

  private static int wildcard(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("*?[".indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isSafe(Path file) throws IOException {
    PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
    String owner = attributes.owner().getName();
    return !attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
        && !attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)
        && (owner.equals("root") || owner.equals(System.getProperty("user.name")));
  }
}
