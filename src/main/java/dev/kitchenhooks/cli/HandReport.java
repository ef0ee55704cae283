package dev.kitchenhooks.cli;

import dev.kitchenhooks.console.Elapsed;
import dev.kitchenhooks.json.Durations;
import dev.kitchenhooks.remote.ShellWords;
import dev.kitchenhooks.rules.ExitText;
import dev.kitchenhooks.run.HookByHand;
import dev.kitchenhooks.run.HookRunner;
import dev.kitchenhooks.run.RunEvent;
import dev.kitchenhooks.secret.Secrets;

/** What is shown of a hook that is run by hand. */
interface HandReport {
  /** One of the three events of a hook. */
  void on(RunEvent event);

  /** The runner, and whoever looks at what it is given. */
  default HookRunner watched(HookRunner runner, Secrets secrets) {
    return runner;
  }

  /** The hook has ended, after its last attempt. */
  default void ended(HookByHand.Result result, Secrets secrets) {}

  /** Its output on stdout, the rest beside it. */
  static HandReport plain(Surroundings around) {
    return event -> {
      switch (event) {
        case RunEvent.HookStarted started ->
            around.err().println("$ " + ShellWords.join(started.argv()));
        case RunEvent.HookOutput output -> around.out().println(output.line());
        case RunEvent.HookFinished finished -> around.err().println(end(finished));
        default -> throw new IllegalStateException("not part of one hook: " + event);
      }
    };
  }

  /** {@code exit 1 in 0.2s; again in 5s}. */
  static String end(RunEvent.HookFinished finished) {
    String detail = finished.result().detail();
    return "%s in %s%s%s"
        .formatted(
            ExitText.of(finished.result().exitCode()),
            Elapsed.of(finished.result().duration()),
            detail.isEmpty() ? "" : ": " + detail,
            finished.again().map(in -> "; again in " + Durations.format(in)).orElse(""));
  }
}
