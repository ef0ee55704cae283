package dev.kitchenhooks.hook;

import com.sun.security.auth.module.UnixSystem;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether the programs of hooks may be run: nobody but root and the caller can have put them there
 * or can change them. Looks at the disk; to be asked right before a run.
 */
public final class HookTrust {
  private static final long ROOT = 0;

  private final Path hooksDir;
  private final Set<Long> trustedOwners;
  private @Nullable List<String> programs;

  HookTrust(Path hooksDir, Set<Long> trustedOwners) {
    this.hooksDir = hooksDir;
    this.trustedOwners = trustedOwners;
  }

  /**
   * Checks the program of every hook that was loaded.
   *
   * @param kitchenDir the kitchen
   * @return an error for each violation, at the definition's {@code exec}; for disabled hooks
   *     warnings, as they never run
   */
  public static List<Problem> check(Path kitchenDir, Loaded loaded) {
    Path hooksDir = kitchenDir.toAbsolutePath().normalize().resolve(HookDefinitions.PROGRAMS);
    var trust = new HookTrust(hooksDir, Set.copyOf(List.of(ROOT, new UnixSystem().getUid())));
    return trust.check(loaded);
  }

  List<Problem> check(Loaded loaded) {
    var problems = new ArrayList<Problem>();
    for (HookDefinition hook : loaded.hooks()) {
      Position at = loaded.valueAt(hook, "/exec");
      faults(hook).forEach(fault -> problems.add(problem(hook, at, fault)));
      if (hook.place() instanceof Place.InContainer(ContainerSpec spec)
          && spec.source() instanceof ContainerSpec.Source.Dockerfile(String path)) {
        Position dockerfile = loaded.valueAt(hook, "/container/dockerfile");
        dockerfileFaults(hooksDir.resolve(path).normalize(), path)
            .forEach(fault -> problems.add(problem(hook, dockerfile, fault)));
      }
    }
    return problems.stream().sorted().toList();
  }

  private static Problem problem(HookDefinition hook, Position at, Fault fault) {
    Severity severity = hook.enabled() && !fault.onlyWarning ? Severity.ERROR : Severity.WARNING;
    return new Problem(severity, hook.file(), at.line(), at.column(), fault.message, fault.hint);
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
    try {
      if (!Files.exists(file)) {
        return List.of(missing(hook));
      }
      Path real = file.toRealPath();
      boolean ours = !Path.of(hook.exec()).isAbsolute();
      if (ours && !real.startsWith(hooksDir.toRealPath())) {
        return List.of(
            new Fault(
                "%s leads out of hooks/, to %s".formatted(shown(hook), real),
                "a program elsewhere is given by its absolute path"));
      }
      if (!Files.isRegularFile(real)) {
        String what = Files.isDirectory(real) ? "a directory" : "no regular file";
        return List.of(new Fault("%s is %s".formatted(shown(hook), what), null));
      }
      var faults = new ArrayList<Fault>();
      if (!Files.isExecutable(real)) {
        faults.add(new Fault(shown(hook) + " is not executable", "chmod +x " + real));
      }
      checkFile(shown(hook), real, faults);
      checkDirectories(file, real, ours, faults);
      if (!inContainer) {
        Interpreter.fault(real)
            .ifPresent(
                f -> faults.add(new Fault(shown(hook) + f.message(), f.hint(), f.onlyWarning())));
      }
      return faults;
    } catch (IOException e) {
      return List.of(new Fault("%s cannot be checked: %s".formatted(shown(hook), e), null));
    }
  }

  private List<Fault> dockerfileFaults(Path file, String path) {
    String shown = HookDefinitions.PROGRAMS + "/" + path;
    try {
      if (!Files.exists(file)) {
        return List.of(new Fault(shown + " does not exist", Nearest.hint(path, programs())));
      }
      Path real = file.toRealPath();
      if (!real.startsWith(hooksDir.toRealPath())) {
        return List.of(new Fault("%s leads out of hooks/, to %s".formatted(shown, real), null));
      }
      if (!Files.isRegularFile(real)) {
        return List.of(new Fault(shown + " is no regular file", null));
      }
      var faults = new ArrayList<Fault>();
      checkFile(shown, real, faults);
      checkDirectories(file, real, true, faults);
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
   * one of the link that leads to it, and those between it and {@code hooks/}.
   */
  private void checkDirectories(Path file, Path real, boolean ours, List<Fault> faults)
      throws IOException {
    var directories = new LinkedHashSet<Path>();
    directories.add(real.getParent());
    Path directory = file.getParent();
    directories.add(directory);
    while (ours && directory != null && !directory.equals(hooksDir)) {
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

  private Fault missing(HookDefinition hook) {
    if (Files.exists(hook.executable(), LinkOption.NOFOLLOW_LINKS)) {
      return new Fault(shown(hook) + " is a link to nothing", null);
    }
    String near = Path.of(hook.exec()).isAbsolute() ? null : Nearest.hint(hook.exec(), programs());
    return new Fault(shown(hook) + " does not exist", near);
  }

  /** Every file below {@code hooks/}, relative to it; looked for only if something is missing. */
  private List<String> programs() {
    List<String> known = programs;
    if (known == null) {
      known = findPrograms();
      programs = known;
    }
    return known;
  }

  private List<String> findPrograms() {
    if (!Files.isDirectory(hooksDir)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(hooksDir)) {
      return files
          .filter(Files::isRegularFile)
          .map(f -> hooksDir.relativize(f).toString())
          .toList();
    } catch (IOException | UncheckedIOException e) {
      // Only a suggestion is lost: that the program is missing is said anyway.
      return List.of();
    }
  }

  /** {@code hooks/lb-drain}, or the absolute path. */
  private static String shown(HookDefinition hook) {
    return Path.of(hook.exec()).isAbsolute()
        ? hook.exec()
        : HookDefinitions.PROGRAMS + "/" + hook.exec();
  }
}
