package dev.kitchenhooks.plugin;

import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.Plugin;
import dev.kitchenhooks.hook.PluginLock;
import dev.kitchenhooks.hook.PluginPin;
import dev.kitchenhooks.hook.PluginSource;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.plugin.PluginResult.Status;
import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problems;
import dev.kitchenhooks.process.StopRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** {@code fix hooks update}: pins plugins anew, or fetches what is pinned. */
public final class PluginUpdate {
  private final Kitchen kitchen;
  private final List<HookDefinition> hooks;
  private final Caller caller;

  /**
   * @param hooks all of the kitchen, as declared
   */
  public PluginUpdate(Kitchen kitchen, List<HookDefinition> hooks, Caller caller) {
    this.kitchen = kitchen;
    this.hooks = hooks;
    this.caller = caller;
  }

  /** A ref of a repository: what has one entry in the lock file. */
  private record Key(String repo, String ref) implements Comparable<Key> {
    static Key of(PluginSource source) {
      return new Key(source.repo(), source.ref());
    }

    static Key of(PluginPin pin) {
      return new Key(pin.repo(), pin.ref());
    }

    @Override
    public int compareTo(Key other) {
      int repos = repo.compareTo(other.repo);
      return repos == 0 ? ref.compareTo(other.ref) : repos;
    }
  }

  /** Who uses a ref. */
  private record Users(PluginSource source, List<String> hooks) {}

  /**
   * Does it, one plugin after the other, and writes the lock file. One that fails keeps its entry.
   *
   * @param chosen which hooks' plugins
   * @param locked whether to fetch what is pinned, and to pin nothing
   * @param told gets each result as it comes
   * @throws FixException if the lock file is broken, or another is at it
   */
  public void run(Predicate<HookDefinition> chosen, boolean locked, Consumer<PluginResult> told) {
    boolean wasPinned =
        Files.exists(kitchen.directory().resolve(PluginLock.FILE), LinkOption.NOFOLLOW_LINKS);
    if (users(_ -> true).isEmpty() && !wasPinned) {
      return;
    }
    Path plugins = kitchen.state().plugins();
    try (PluginFiles _ = PluginFiles.toChange(plugins, Duration.ZERO, caller.stop(), _ -> {})) {
      var checkouts = new Checkouts(plugins);
      checkouts.clean();
      PluginLock lock = lock();
      var pinning = new Pinning(kitchen, plugins, caller);
      Map<Key, Users> used = users(_ -> true);
      Map<Key, PluginPin> pins = new LinkedHashMap<>();
      lock.pins().forEach(pin -> pins.put(Key.of(pin), pin));
      users(chosen)
          .forEach((key, users) -> {
            Optional<PluginPin> old = Optional.ofNullable(pins.get(key));
            PluginResult result =
                locked ? fetch(pinning, users, old) : update(pinning, plugins, users, old);
            result.pin().ifPresent(pin -> pins.put(key, pin));
            told.accept(result);
          });
      if (!locked) {
        drop(pins, used.keySet(), told);
        LockFile.write(kitchen.directory(), pins.values());
      }
      removeOld(plugins, lock, pins.values());
      checkouts.clean();
    } catch (IOException e) {
      throw FixException.invalid(
              "cannot write %s: %s".formatted(plugins, e),
              "fix keeps there what it fetches for plugins")
          .causedBy(e);
    }
  }

  private PluginLock lock() {
    var problems = new Problems();
    PluginLock lock = PluginLock.read(kitchen.directory(), problems);
    problems.throwIfErrors(PluginLock.FILE + " is not valid; nothing was updated");
    return lock;
  }

  private Map<Key, Users> users(Predicate<HookDefinition> chosen) {
    Map<Key, Users> users = new TreeMap<>();
    for (HookDefinition hook : hooks) {
      Optional<PluginSource> source = hook.plugin().map(Plugin::source);
      if (source.isPresent() && chosen.test(hook)) {
        users
            .computeIfAbsent(Key.of(source.get()), _ -> new Users(source.get(), new ArrayList<>()))
            .hooks()
            .add(hook.name());
      }
    }
    users.values().forEach(u -> u.hooks().sort(null));
    return users;
  }

  private PluginResult update(Pinning pinning, Path plugins, Users users, Optional<PluginPin> old) {
    if (caller.stop().level() != StopRequest.Level.NONE) {
      return failed(users, old, new Fault(ExitCode.INTERRUPTED, "interrupted", null));
    }
    try {
      Pinning.Updated updated = pinning.update(users.source(), old);
      if (updated.files().isEmpty()) {
        Status status = updated.fetched() ? Status.FETCHED : Status.UP_TO_DATE;
        return result(users, status, old, updated.pin());
      }
      Optional<History> history = updated.files().get().history();
      return new PluginResult(
          users.source().repo(),
          users.source().ref(),
          users.hooks(),
          old.isPresent() ? Status.MOVED : Status.PINNED,
          old,
          Optional.of(updated.pin()),
          history,
          old.isPresent() ? files(plugins, users.source(), old.get(), updated) : List.of(),
          Optional.empty());
    } catch (PluginException e) {
      return failed(users, old, e.fault());
    }
  }

  /** What has changed: as the files say where the old ones are still here, else as git says. */
  private static List<FileChange> files(
      Path plugins, PluginSource source, PluginPin old, Pinning.Updated updated) {
    Fetched fetched = updated.files().orElseThrow();
    try {
      Optional<Manifest> before =
          Checkouts.fetchedFiles(Plugin.in(plugins, source, Optional.of(old)))
              .filter(files -> files.digest().equals(old.tree()));
      if (before.isPresent()) {
        return fetched.manifest().since(before.get());
      }
    } catch (IOException e) {
      // Only what git knows can be told.
      return fetched.history().map(History::files).orElse(List.of());
    }
    return fetched.history().map(History::files).orElse(List.of());
  }

  private PluginResult fetch(Pinning pinning, Users users, Optional<PluginPin> old) {
    if (old.isEmpty()) {
      return failed(
          users,
          old,
          Fault.invalid("it is not pinned yet", "fix hooks update without --locked pins it"));
    }
    if (caller.stop().level() != StopRequest.Level.NONE) {
      return failed(users, old, new Fault(ExitCode.INTERRUPTED, "interrupted", null));
    }
    try {
      boolean fetched = pinning.fetchPinned(users.source(), old.get());
      return result(users, fetched ? Status.FETCHED : Status.UP_TO_DATE, old, old.get());
    } catch (PluginException e) {
      return failed(users, old, e.fault());
    }
  }

  private static PluginResult result(
      Users users, Status status, Optional<PluginPin> old, PluginPin pin) {
    return new PluginResult(
        users.source().repo(),
        users.source().ref(),
        users.hooks(),
        status,
        old,
        Optional.of(pin),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  private static PluginResult failed(Users users, Optional<PluginPin> old, Fault fault) {
    return new PluginResult(
        users.source().repo(),
        users.source().ref(),
        users.hooks(),
        Status.FAILED,
        old,
        old,
        Optional.empty(),
        List.of(),
        Optional.of(fault));
  }

  private static void drop(Map<Key, PluginPin> pins, Set<Key> used, Consumer<PluginResult> told) {
    for (PluginPin pin : List.copyOf(pins.values())) {
      if (!used.contains(Key.of(pin))) {
        pins.remove(Key.of(pin));
        told.accept(
            new PluginResult(
                pin.repo(),
                pin.ref(),
                List.of(),
                Status.DROPPED,
                Optional.of(pin),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty()));
      }
    }
  }

  /**
   * Those of before stay too, so that whoever takes an update back needs no network. While a run
   * uses any, all stay.
   */
  private static void removeOld(Path plugins, PluginLock before, Collection<PluginPin> now)
      throws IOException {
    try (PluginFiles alone = PluginFiles.toRemove(plugins)) {
      if (alone == null) {
        return;
      }
      Set<Path> kept = new HashSet<>();
      before.pins().forEach(pin -> kept.add(place(plugins, pin)));
      now.forEach(pin -> kept.add(place(plugins, pin)));
      new Checkouts(plugins).removeAllBut(kept);
    }
  }

  private static Path place(Path plugins, PluginPin pin) {
    var source = new PluginSource(pin.repo(), pin.ref(), ".");
    return Plugin.in(plugins, source, Optional.of(pin)).checkout();
  }
}
