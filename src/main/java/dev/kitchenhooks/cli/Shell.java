package dev.kitchenhooks.cli;

import dev.kitchenhooks.console.Terminal;
import dev.kitchenhooks.history.RunHistory;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.kitchen.KitchenFinder;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.ShellWords;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What every command has at hand.
 *
 * @param around the process
 * @param globals the options that every command takes; filled in while the words are read
 * @param wrapped what follows {@code --}
 * @param repeat where the run repeats another
 */
record Shell(
    Surroundings around,
    GlobalOptions globals,
    Optional<List<String>> wrapped,
    Optional<Repeat> repeat) {

  Shell(Surroundings around, GlobalOptions globals, Optional<List<String>> wrapped) {
    this(around, globals, wrapped, Optional.empty());
  }

  /** For a run that repeats another, as if its words were typed where those of that run were. */
  Shell repeating(Repeat earlier, Optional<List<String>> command, Path directory) {
    var options = new GlobalOptions();
    return new Shell(around.in(directory), options, command, Optional.of(earlier));
  }

  /** How results can be written. */
  Terminal terminal() {
    return TerminalProbe.terminal(around, globals.noColor);
  }

  /** Opens the kitchen that is meant; says what is odd about its configuration. */
  Kitchen openKitchen() {
    Kitchen kitchen = findKitchen();
    warn(kitchen.configWarnings());
    return kitchen;
  }

  /** The kitchen, its configuration not read: for what must work when that is broken. */
  Kitchen findKitchen() {
    return Kitchen.open(
        KitchenFinder.find(Optional.ofNullable(globals.kitchen), around.directory()));
  }

  /** What was recorded in the kitchen; null where nothing ever was. Reads no configuration. */
  @Nullable RunHistory history() {
    return findKitchen().state().existingHistoryFile().map(RunHistory::open).orElse(null);
  }

  /**
   * Opens the kitchen for a command that changes something. A hook of the same kitchen may not
   * start one: its run would wait for itself.
   */
  Kitchen openKitchenForRun() {
    Kitchen kitchen = openKitchen();
    String run = around.variable("FIX_RUN_ID", "");
    if (!run.isEmpty()
        && around.variable("FIX_KITCHEN", "").equals(kitchen.directory().toString())) {
      throw FixException.invalid(
          "run %s of this kitchen is under way, and what it runs cannot start another"
              .formatted(run),
          "inside a run only fix list_..., plan, status, history and hooks list|lint|explain|dump can be called");
    }
    return kitchen;
  }

  /** How fix is called for the same kitchen from the same directory, quoted for a shell. */
  String fixCommand() {
    return globals.kitchen == null
        ? "fix"
        : "fix --kitchen " + ShellWords.quote(globals.kitchen.toString());
  }

  void noWrapped(String command) {
    if (wrapped.isPresent()) {
      throw FixException.invalid(
          "fix %s takes no command after --".formatted(command), "fix wrap ORDERS -- COMMAND does");
    }
  }

  /** Who started this command. */
  String user() {
    return around.variable("USER", System.getProperty("user.name"));
  }

  /** Lets a signal stop what is in flight, and a second one kill it, until closed. */
  Signals stopOnSignal(StopRequest stop) {
    return Signals.take(
        around,
        _ ->
            stop.request(
                stop.level() == StopRequest.Level.NONE
                    ? StopRequest.Level.TERMINATE
                    : StopRequest.Level.KILL));
  }

  void warn(Collection<Problem> problems) {
    problems.forEach(p -> around.err().println(p.format()));
  }
}
