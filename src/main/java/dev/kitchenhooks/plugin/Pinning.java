package dev.kitchenhooks.plugin;

import dev.kitchenhooks.hook.Plugin;
import dev.kitchenhooks.hook.PluginLock;
import dev.kitchenhooks.hook.PluginPin;
import dev.kitchenhooks.hook.PluginSource;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.problem.FixException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Fetches plugins of one kitchen. Only for who holds the lock of what is fetched. */
final class Pinning {
  private final Kitchen kitchen;
  private final Path plugins;
  private final Checkouts checkouts;
  private final Caller caller;

  Pinning(Kitchen kitchen, Path plugins, Caller caller) {
    this.kitchen = kitchen;
    this.plugins = plugins;
    this.checkouts = new Checkouts(plugins);
    this.caller = caller;
  }

  /** One step with git, for one plugin. */
  private interface Step<T> {
    T take(Git git, String address) throws GitFailure, PluginException, IOException;
  }

  /**
   * Takes what a ref stands for now, and fetches it where it is not here.
   *
   * @param old what is pinned
   */
  Updated update(PluginSource source, Optional<PluginPin> old) throws PluginException {
    return with(
        source,
        (git, address) -> {
          Resolved ref = new Refs(git, address).resolve(source);
          if (old.isPresent() && old.get().commit().equals(ref.commit())) {
            boolean fetched = ensure(source, old.get(), git, address);
            var pin =
                new PluginPin(
                    source.repo(), source.ref(), ref.kind(), ref.commit(), old.get().tree());
            return new Updated(pin, fetched, Optional.empty());
          }
          return move(source, ref, old, new Fetcher(git, address, checkouts.staging()));
        });
  }

  private Updated move(PluginSource source, Resolved ref, Optional<PluginPin> old, Fetcher fetcher)
      throws GitFailure, PluginException, IOException {
    Fetched fetched = fetcher.fetch(ref, old.map(PluginPin::commit));
    var pin =
        new PluginPin(
            source.repo(), source.ref(), ref.kind(), fetched.commit(), fetched.manifest().digest());
    checkSame(old, pin);
    checkouts.install(Plugin.in(plugins, source, Optional.of(pin)), fetched);
    // Where the ref is the hash of a tag, it is only known now that the commit is the same.
    boolean same = old.isPresent() && old.get().commit().equals(pin.commit());
    return same
        ? new Updated(pin, false, Optional.empty())
        : new Updated(pin, true, Optional.of(fetched));
  }

  /**
   * What came of an update.
   *
   * @param pin what is pinned now
   * @param fetched whether files were fetched
   * @param files what was fetched, where the commit is another one
   */
  record Updated(PluginPin pin, boolean fetched, Optional<Fetched> files) {}

  /**
   * Fetches what is pinned, where it is not here or not what it was.
   *
   * @return whether anything was fetched
   */
  boolean fetchPinned(PluginSource source, PluginPin pin) throws PluginException {
    try {
      if (isHere(source, pin)) {
        return false;
      }
    } catch (IOException e) {
      throw cannotWrite(e);
    }
    return with(source, (git, address) -> ensure(source, pin, git, address));
  }

  private boolean isHere(PluginSource source, PluginPin pin) throws IOException {
    Plugin plugin = Plugin.in(plugins, source, Optional.of(pin));
    return plugin.isFetched() && Checkouts.changed(plugin, pin).isEmpty();
  }

  private boolean ensure(PluginSource source, PluginPin pin, Git git, String address)
      throws GitFailure, PluginException, IOException {
    if (isHere(source, pin)) {
      return false;
    }
    Fetched fetched = new Fetcher(git, address, checkouts.staging()).fetchPinned(pin);
    checkSame(
        Optional.of(pin),
        new PluginPin(
            pin.repo(), pin.ref(), pin.kind(), fetched.commit(), fetched.manifest().digest()));
    checkouts.install(Plugin.in(plugins, source, Optional.of(pin)), fetched);
    return true;
  }

  /** A commit is its files: if they differ, somebody has changed the lock file, or worse. */
  private static void checkSame(Optional<PluginPin> pinned, PluginPin fetched)
      throws PluginException {
    if (pinned.isPresent()
        && pinned.get().commit().equals(fetched.commit())
        && !pinned.get().tree().equals(fetched.tree())) {
      throw PluginException.invalid(
          "the files of commit %s are not those that were pinned: their digest is %s, %s has %s"
              .formatted(
                  fetched.shortCommit(), fetched.tree(), PluginLock.FILE, pinned.get().tree()),
          "find out who changed %s; if it is right so, delete the entry and run fix hooks update"
              .formatted(PluginLock.FILE));
    }
  }

  private <T> T with(PluginSource source, Step<T> step) throws PluginException {
    try {
      var git = new Git(caller.environment(), plugins, caller.limit(), caller.stop());
      return step.take(git, git.prepare(source.repo(), kitchen.directory()));
    } catch (GitFailure e) {
      throw new PluginException(GitFaults.of(e, source.repo()));
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private FixException cannotWrite(IOException e) {
    return FixException.invalid(
            "cannot read or write in %s: %s".formatted(plugins, e),
            "fix keeps there what it fetches for plugins")
        .causedBy(e);
  }
}
