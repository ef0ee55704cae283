package dev.kitchenhooks.hook;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The plugin of a hook: what is declared, what the lock file says of it, and where its files lie.
 *
 * @param source as declared
 * @param pin what is pinned; empty where nothing is yet
 * @param checkout where the files of the pinned commit lie, once they have been fetched
 */
public record Plugin(PluginSource source, Optional<PluginPin> pin, Path checkout) {
  /** Its place below the directory of all checkouts. */
  public static Plugin in(Path checkouts, PluginSource source, Optional<PluginPin> pin) {
    String commit = pin.map(PluginPin::shortCommit).orElse("unpinned");
    return new Plugin(source, pin, checkouts.resolve(source.name() + "-" + commit));
  }

  /** The directory that {@code exec} and a dockerfile are relative to. */
  public Path base() {
    return checkout.resolve(source.path()).normalize();
  }

  /** {@code lb-hooks@1a2b3c4d5e6f}, for messages. */
  public String shown() {
    return source.name() + pin.map(p -> "@" + p.shortCommit()).orElse("");
  }

  /** Whether its files are here; says nothing of what they are. */
  public boolean isFetched() {
    return Files.isDirectory(checkout, LinkOption.NOFOLLOW_LINKS);
  }
}
