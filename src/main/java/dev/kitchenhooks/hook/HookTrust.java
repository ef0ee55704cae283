package dev.kitchenhooks.hook;

import com.sun.security.auth.module.UnixSystem;
import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.json.Position;
import dev.kitchenhooks.problem.Nearest;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problem.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether the programs of hooks may be run: nobody but root and the caller can have put them there
 * or can change them. Looks at the disk; to be asked right before a run.
 */
public final class HookTrust {
  private static final long ROOT = 0;

  private final Path kitchen;
  private final Set<Long> trustedOwners;
  private final Map<Path, List<String>> programs = new HashMap<>();

  HookTrust(Path kitchen, Set<Long> trustedOwners) {
    this.kitchen = kitchen;
    this.trustedOwners = trustedOwners;
  }

  /**
   * Checks the program of every hook that was loaded; not that of a plugin whose files are not
   * here.
   *
   * @param kitchenDir the kitchen
   * @return an error for each violation, at the definition's {@code exec}; for disabled hooks
   *     warnings, as they never run
   */
  public static List<Problem> check(Path kitchenDir, Loaded loaded) {
    Path kitchen = kitchenDir.toAbsolutePath().normalize();
    var trust = new HookTrust(kitchen, Set.copyOf(List.of(ROOT, new UnixSystem().getUid())));
    return trust.check(loaded);
  }

  /**
   * Checks a program of the kitchen that no hook runs.
   *
   * @param folder of the kitchen, which it may not lead out of
   * @param name of its file there; it exists
   * @return an error for each violation
   */
  public static List<Problem> checkProgram(Path kitchenDir, String folder, String name) {
    Path kitchen = kitchenDir.toAbsolutePath().normalize();
    var trust = new HookTrust(kitchen, Set.copyOf(List.of(ROOT, new UnixSystem().getUid())));
    String shown = folder + "/" + name;
    Path root = kitchen.resolve(folder);
    List<Fault> faults;
    try {
      Path file = root.resolve(name);
      Path real = file.toRealPath();
      faults =
          real.startsWith(root.toRealPath())
              ? trust.programFaults(shown, file, real, root)
              : List.of(
                  new Fault("%s leads out of %s/, to %s".formatted(shown, folder, real), null));
    } catch (IOException e) {
      faults = List.of(new Fault("%s cannot be checked: %s".formatted(shown, e), null));
    }
    return faults.stream()
        .map(f ->
            new Problem(
                f.onlyWarning ? Severity.WARNING : Severity.ERROR, null, 0, 0, f.message, f.hint))
        .toList();
  }

  private List<Fault> programFaults(String shown, Path file, Path real, @Nullable Path root)
      throws IOException {
    var faults = new ArrayList<Fault>();
    if (!Files.isExecutable(real)) {
      faults.add(new Fault(shown + " is not executable", "chmod +x " + real));
    }
    checkFile(shown, real, faults);
    checkDirectories(file, real, root, faults);
    return faults;
  }

  List<Problem> check(Loaded loaded) {
    var problems = new ArrayList<Problem>();
    for (HookDefinition hook : loaded.hooks()) {
      if (hook.plugin().isPresent() && !hook.plugin().get().isFetched()) {
        // Its files are checked once they have been fetched, before anything of them runs.
        continue;
      }
      Position at = loaded.valueAt(hook, "/exec");
      faults(hook).forEach(fault -> problems.add(problem(hook, at, fault)));
      if (hook.place() instanceof Place.InContainer(ContainerSpec spec)
          && spec.source() instanceof ContainerSpec.Source.Dockerfile(String path)) {
        Position dockerfile = loaded.valueAt(hook, "/container/dockerfile");
        dockerfileFaults(hook, path)
            .forEach(fault -> problems.add(problem(hook, dockerfile, fault)));
      }
    }
    return problems.stream().sorted().toList();
  }

  private static Problem problem(HookDefinition hook, Position at, Fault fault) {
    Severity severity = hook.enabled() && !fault.onlyWarning ? Severity.ERROR : Severity.WARNING;
    return new Problem(severity, hook.file(), at.line(), at.column(), fault.message, fault.hint)
        .withRule(LintRule.PROGRAM.id());
  }

  private record Fault(String message, @Nullable String hint, boolean onlyWarning) {
    Fault(String message, @Nullable String hint) {
      this(message, hint, false);
    }
  }

  private List<Fault> faults(HookDefinition hook) {
    boolean inContainer = hook.place() instanceof Place.InContainer;
    if (inContainer && (hook.exec().isEmpty() || Path.of(hook.exec()).isAbsolute())) {
      // It is the image's own.
      return List.of();
    }
    Path file = hook.executable();
    String shown = shown(hook, hook.exec());
    try {
      if (!Files.exists(file)) {
        return List.of(missing(hook, file, hook.exec()));
      }
      Path real = file.toRealPath();
      boolean ours = !Path.of(hook.exec()).isAbsolute();
      if (ours && !real.startsWith(hook.root(kitchen).toRealPath())) {
        String hint = "a program elsewhere is given by its absolute path";
        return List.of(leadsOut(hook, shown, real, hint));
      }
      if (!Files.isRegularFile(real)) {
        String what = Files.isDirectory(real) ? "a directory" : "no regular file";
        return List.of(new Fault("%s is %s".formatted(shown, what), null));
      }
      var faults =
          new ArrayList<>(programFaults(shown, file, real, ours ? hook.root(kitchen) : null));
      if (!inContainer) {
        Interpreter.fault(real, !(hook.place() instanceof Place.Node))
            .ifPresent(f -> faults.add(new Fault(shown + f.message(), f.hint(), f.onlyWarning())));
      }
      return faults;
    } catch (IOException e) {
      return List.of(new Fault("%s cannot be checked: %s".formatted(shown, e), null));
    }
  }

  private List<Fault> dockerfileFaults(HookDefinition hook, String path) {
    Path file = hook.base(kitchen).resolve(path).normalize();
    String shown = shown(hook, path);
    try {
      if (!Files.exists(file)) {
        return List.of(missing(hook, file, path));
      }
      Path real = file.toRealPath();
      Path root = hook.root(kitchen);
      if (!real.startsWith(root.toRealPath())) {
        return List.of(leadsOut(hook, shown, real, null));
      }
      if (!Files.isRegularFile(real)) {
        return List.of(new Fault(shown + " is no regular file", null));
      }
      var faults = new ArrayList<Fault>();
      checkFile(shown, real, faults);
      checkDirectories(file, real, root, faults);
      return faults;
    } catch (IOException e) {
      return List.of(new Fault("%s cannot be checked: %s".formatted(shown, e), null));
    }
  }

  private void checkFile(String shown, Path real, List<Fault> faults) throws IOException {
    long owner = ((Number) Files.getAttribute(real, "unix:uid")).longValue();
    if (!trustedOwners.contains(owner)) {
      faults.add(
          new Fault(
              "%s belongs to %s: only programs of root or your own are run"
                  .formatted(shown, Files.getOwner(real).getName()),
              null));
    }
    if (isWorldWritable(real)) {
      faults.add(new Fault(shown + " can be changed by everybody", "chmod o-w " + real));
    }
  }

  /**
   * Whoever can write to a directory can replace what lies in it: the one the program lies in, the
   * one of the link that leads to it, and those between it and {@code hooks/}, or the top of its
   * plugin.
   */
  private static void checkDirectories(
      Path file, Path real, @Nullable Path root, List<Fault> faults) throws IOException {
    var directories = new LinkedHashSet<Path>();
    directories.add(real.getParent());
    Path directory = file.getParent();
    directories.add(directory);
    while (root != null && directory != null && !directory.equals(root)) {
      directory = directory.getParent();
      directories.add(directory);
    }
    var told = new LinkedHashSet<Path>();
    for (Path each : directories) {
      if (each != null && told.add(each.toRealPath()) && isWorldWritable(each)) {
        faults.add(
            new Fault(
                "the directory %s can be changed by everybody".formatted(each),
                "chmod o-w " + each));
      }
    }
  }

  private static boolean isWorldWritable(Path path) throws IOException {
    return Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_WRITE);
  }

  private static Fault leadsOut(
      HookDefinition hook, String shown, Path real, @Nullable String hint) {
    return hook.plugin().isPresent()
        ? new Fault("%s leads out of its plugin, to %s".formatted(shown, real), null)
        : new Fault("%s leads out of hooks/, to %s".formatted(shown, real), hint);
  }

  private Fault missing(HookDefinition hook, Path file, String written) {
    String shown = shown(hook, written);
    Path base = hook.base(kitchen);
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return new Fault(shown + " is a link to nothing", null);
    }
    if (hook.plugin().isPresent() && !Files.isDirectory(base)) {
      return new Fault(
          "%s does not exist: the plugin has no directory %s"
              .formatted(shown, JsonText.quoted(hook.plugin().get().source().path())),
          null);
    }
    boolean absolute = Path.of(written).isAbsolute();
    String near = absolute ? null : Nearest.hint(written, programs(base));
    return new Fault(shown + " does not exist", near);
  }

  /** Every file below a directory, relative to it; looked for only if something is missing. */
  private List<String> programs(Path base) {
    return programs.computeIfAbsent(base, HookTrust::findPrograms);
  }

  private static List<String> findPrograms(Path base) {
    if (!Files.isDirectory(base)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(base)) {
      return files.filter(Files::isRegularFile).map(f -> base.relativize(f).toString()).toList();
    } catch (IOException | UncheckedIOException e) {
      // Only a suggestion is lost: that the program is missing is said anyway.
      return List.of();
    }
  }

  /** {@code hooks/lb-drain}, {@code lb-hooks@1a2b3c4d5e6f/drain}, or the absolute path. */
  private static String shown(HookDefinition hook, String written) {
    return Path.of(written).isAbsolute()
        ? written
        : hook.plugin().map(Plugin::shown).orElse(HookDefinitions.PROGRAMS) + "/" + written;
  }
}
