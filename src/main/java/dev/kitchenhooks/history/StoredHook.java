package dev.kitchenhooks.history;

import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.run.RunEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One execution of one hook.
 *
 * @param number unique in the run, from 1
 * @param name the hook's name
 * @param description what the definition says it is for; may be empty
 * @param type the type that put it there, as definitions spell it
 * @param node for a hook of a node, or of an application there, the FQDN; empty for a global one
 * @param app for a hook of an application its name
 * @param attempt from 1
 * @param required whether its failure mattered
 * @param argv the program and its arguments
 * @param returnCode what a post hook was given; empty for a pre hook
 * @param startedAt when
 * @param end how it ended; empty while it runs, or if the run died
 */
public record StoredHook(
    int number,
    String name,
    String description,
    String type,
    Optional<String> node,
    Optional<String> app,
    int attempt,
    boolean required,
    List<String> argv,
    OptionalInt returnCode,
    Instant startedAt,
    Optional<End> end) {

  static StoredHook started(RunEvent.HookStarted event) {
    RunEvent.HookRun run = event.run();
    return new StoredHook(
        run.number(),
        run.hook().name(),
        run.hook().definition().description(),
        run.hook().type().id(),
        run.node(),
        run.app(),
        run.attempt(),
        run.hook().definition().required(),
        event.argv(),
        event.returnCode(),
        event.at(),
        Optional.empty());
  }

  StoredHook ended(End how) {
    return new StoredHook(
        number,
        name,
        description,
        type,
        node,
        app,
        attempt,
        required,
        argv,
        returnCode,
        startedAt,
        Optional.of(how));
  }

  /**
   * @param result how the process ended
   * @param tail the last lines of its output
   */
  public record End(ProcessResult result, List<String> tail) {}

  /** Whether it ended, and not with 0. */
  public boolean failed() {
    return end.isPresent() && end.get().result().exitCode() != 0;
  }
}
