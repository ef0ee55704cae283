package dev.kitchenhooks.ssh;

import java.util.List;

/** What an ssh_config says, in the order of its lines. */
sealed interface ConfigNode {

  /** An option, for the hosts of the block that it stands in. */
  record Setting(ConfigLine line, String file, int number) implements ConfigNode {}

  /** {@code Host}: begins a block for hosts whose names match. */
  record Host(List<String> patterns) implements ConfigNode {}

  /**
   * {@code Match all}, {@code Match final all}, {@code Match canonical all}: begins a block for
   * every host.
   *
   * @param asksForFinalPass whether everything is read a second time because of it; {@code
   *     canonical} counts in that pass, but does not ask for it
   */
  record Match(boolean finalPassOnly, boolean asksForFinalPass) implements ConfigNode {}

  /** Any other {@code Match}: only OpenSSH itself can tell whom it means. */
  record Opaque() implements ConfigNode {}

  /** {@code Include}: files that count within the block that it stands in. */
  record Include(List<List<ConfigNode>> files) implements ConfigNode {}
}
