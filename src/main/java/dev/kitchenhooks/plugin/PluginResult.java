package dev.kitchenhooks.plugin;

import dev.kitchenhooks.hook.PluginPin;
import java.util.List;
import java.util.Optional;

/**
 * What {@code fix hooks update} did with one ref of one repository.
 *
 * @param repo the repository, as in the definitions
 * @param ref the ref, as in the definitions
 * @param hooks who uses it, sorted
 * @param status what was done
 * @param old what was pinned before
 * @param pin what is pinned now; empty where nothing is
 * @param history what git knows of the way between them; empty where they are not related
 * @param files what is different, where both are known
 * @param fault why it failed
 */
public record PluginResult(
    String repo,
    String ref,
    List<String> hooks,
    Status status,
    Optional<PluginPin> old,
    Optional<PluginPin> pin,
    Optional<History> history,
    List<FileChange> files,
    Optional<Fault> fault) {

  /** What was done. The words are printed in JSON and never change. */
  public enum Status {
    /** Pinned for the first time. */
    PINNED("pinned"),
    /** The pin has moved to another commit. */
    MOVED("moved"),
    /** The pin is where it was, and its files are here. */
    UP_TO_DATE("up-to-date"),
    /** The pin is where it was, and its files were fetched. */
    FETCHED("fetched"),
    /** No hook uses it any more. */
    DROPPED("dropped"),
    /** Nothing has changed: see the fault. */
    FAILED("failed");

    private final String word;

    Status(String word) {
      this.word = word;
    }

    /** As in JSON. */
    public String word() {
      return word;
    }
  }
}
