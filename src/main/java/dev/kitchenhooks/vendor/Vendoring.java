package dev.kitchenhooks.vendor;

import dev.kitchenhooks.json.Durations;
import dev.kitchenhooks.kitchen.CookbookFolder;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.store.AtomicFile;
import dev.kitchenhooks.store.FileLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Brings the cookbooks of a Berksfile or a Policyfile into the kitchen, if what says which they are
 * or what was brought has changed since. Runs of one kitchen take turns; whoever reads the
 * directory finds the old cookbooks or the new ones, and after a failure the old ones.
 */
public final class Vendoring {
  private static final String MODE = "rw-------";

  private final Kitchen kitchen;
  private final KitchenConfig.Vendoring settings;
  private final CookbookFolder folder;
  private final VendorCaller caller;
  private final Path state;

  private Vendoring(
      Kitchen kitchen,
      KitchenConfig.Vendoring settings,
      CookbookFolder folder,
      VendorCaller caller) {
    this.kitchen = kitchen;
    this.settings = settings;
    this.folder = folder;
    this.caller = caller;
    this.state = kitchen.state().vendoring();
  }

  /**
   * Does it, where the kitchen's configuration asks for it.
   *
   * @throws FixException if the cookbooks cannot be had; then nothing was changed
   */
  public static void bring(Kitchen kitchen, VendorCaller caller) {
    Optional<KitchenConfig.Vendoring> settings = kitchen.config().vendoring();
    if (settings.isEmpty()) {
      return;
    }
    CookbookFolder folder = kitchen.config().vendoredCookbooks().orElseThrow();
    new Vendoring(kitchen, settings.get(), folder, caller).bring();
  }

  /** What is wrong with the kitchen's configuration of it, as far as that is seen at once. */
  public static Optional<Problem> problem(Kitchen kitchen) {
    return kitchen
        .config()
        .vendoring()
        .map(KitchenConfig.Vendoring::file)
        .filter(file -> !Files.isRegularFile(file))
        .map(file ->
            new Problem(
                Problem.Severity.ERROR,
                null,
                0,
                0,
                "there is no %s, whose cookbooks the run needs".formatted(shown(kitchen, file)),
                "mend the path in littlechef.cfg, or take the key out"));
  }

  private void bring() {
    problem(kitchen)
        .ifPresent(missing -> {
          throw FixException.invalid(missing.message() + "; nothing has run", missing.hint());
        });
    try (FileLock _ = lock()) {
      Path target = target();
      Path known = state.resolve("brought");
      var fingerprint = new Fingerprint(settings, target);
      String before = Files.exists(known) ? Files.readString(known) : "";
      String ours = target + "\n";
      if (before.equals(ours + fingerprint.text())) {
        return;
      }
      Replacement.requireReplaceable(target, before.startsWith(ours), shown(target));
      caller
          .tell()
          .accept(
              "Vendoring the cookbooks of %s into %s"
                  .formatted(shown(settings.file()), shown(target)));
      Path fresh = Replacement.fresh(target);
      new VendorTool(kitchen.directory(), settings, caller).fill(fresh);
      // From here on the directory is ours, and not what was brought last.
      AtomicFile.write(known, ours, MODE);
      Replacement.put(fresh, target);
      AtomicFile.write(known, ours + fingerprint.text(), MODE);
    } catch (IOException e) {
      throw FixException.invalid(
              "cookbooks cannot be vendored into %s: %s; nothing has run"
                  .formatted(shown(folder.directory()), e),
              "the kitchen must be yours to write to")
          .causedBy(e);
    }
  }

  /** A link stays one: what it leads to is replaced. */
  private Path target() throws IOException {
    Path directory = folder.directory();
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(directory.resolveSibling("."));
      return directory;
    }
    return directory.toRealPath();
  }

  private FileLock lock() throws IOException {
    Path file = state.resolve("lock");
    try {
      Optional<FileLock> lock = FileLock.take(file, Duration.ZERO);
      if (lock.isEmpty()) {
        caller.tell().accept("Waiting for another run that vendors cookbooks");
        lock = FileLock.take(file, settings.timeout());
      }
      return lock.orElseThrow(() ->
          new FixException(
              ExitCode.LOCKED,
              "another run has vendored cookbooks for longer than "
                  + Durations.format(settings.timeout()),
              "see what it waits for; vendor_timeout in littlechef.cfg is the limit"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw VendorTool.interrupted();
    }
  }

  private String shown(Path path) {
    return shown(kitchen, path);
  }

  private static String shown(Kitchen kitchen, Path path) {
    return path.startsWith(kitchen.directory())
        ? kitchen.directory().relativize(path).toString()
        : path.toString();
  }
}
