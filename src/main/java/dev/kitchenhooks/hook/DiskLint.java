package dev.kitchenhooks.hook;

import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problem.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What lies in the kitchen around the programs that {@link HookTrust} checks. */
final class DiskLint {
  private final Path kitchen;
  private final Loaded loaded;
  private final List<Problem> problems = new ArrayList<>();

  private DiskLint(Path kitchen, Loaded loaded) {
    this.kitchen = kitchen;
    this.loaded = loaded;
  }

  static List<Problem> check(Path kitchenDir, Loaded loaded) {
    var lint = new DiskLint(kitchenDir.toAbsolutePath().normalize(), loaded);
    lint.writable();
    if (loaded.problems().stream().noneMatch(Problem::isError)) {
      // Else a definition with an error may be the one that uses it.
      lint.unused();
    }
    return lint.problems;
  }

  private void writable() {
    var paths = new TreeSet<Path>();
    for (HookDefinition hook : loaded.hooks()) {
      for (Path at = kitchen.resolve(hook.file()).normalize();
          at != null && at.startsWith(kitchen);
          at = at.getParent()) {
        paths.add(at);
      }
    }
    for (Path path : paths) {
      if (isWorldWritable(path)) {
        boolean file = Files.isRegularFile(path);
        String shown = path.equals(kitchen) ? "." : kitchen.relativize(path).toString();
        problems.add(
            Problem.warning(
                    shown,
                    0,
                    0,
                    file
                        ? "the definition can be changed by everybody"
                        : "the directory can be changed by everybody")
                .withHint("chmod o-w " + path)
                .withRule(LintRule.WORLD_WRITABLE.id()));
      }
    }
  }

  private static boolean isWorldWritable(Path path) {
    try {
      return Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_WRITE);
    } catch (IOException e) {
      // It was read a moment ago; whoever took it away will be told of that by the next run.
      return false;
    }
  }

  private void unused() {
    Path hooks = kitchen.resolve(HookDefinitions.PROGRAMS);
    Set<Path> used = used(hooks);
    Set<String> named =
        loaded.hooks().stream()
            .flatMap(hook -> hook.args().stream())
            .map(arg -> arg.substring(arg.lastIndexOf('/') + 1))
            .collect(Collectors.toSet());
    for (Path program : programs(hooks)) {
      if (used.stream().noneMatch(program::startsWith)
          && !named.contains(program.getFileName().toString())) {
        problems.add(
            new Problem(
                    Severity.NOTE,
                    kitchen.relativize(program).toString(),
                    0,
                    0,
                    "no definition uses this program",
                    null)
                .withRule(LintRule.UNUSED.id()));
      }
    }
  }

  /** Programs, and directories that images are built from. */
  private Set<Path> used(Path hooks) {
    var used = new TreeSet<Path>();
    for (HookDefinition hook : loaded.hooks()) {
      used.add(hook.executable());
      try {
        if (Files.exists(hook.executable())) {
          used.add(hook.executable().toRealPath());
        }
      } catch (IOException e) {
        // What is wrong with it is told by the check of programs.
        continue;
      }
      if (hook.plugin().isEmpty()
          && hook.place() instanceof Place.InContainer(ContainerSpec spec)
          && spec.source() instanceof ContainerSpec.Source.Dockerfile(String path)) {
        Path context = hooks.resolve(path).normalize().getParent();
        used.add(context == null ? hooks : context);
      }
    }
    return used;
  }

  private static List<Path> programs(Path hooks) {
    if (!Files.isDirectory(hooks)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(hooks)) {
      return files
          .filter(file -> !hooks.relativize(file).toString().matches("(.*/)?\\..*"))
          .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      // Only notes are lost: a directory that cannot be read is no fault of a definition.
      return List.of();
    }
  }
}
