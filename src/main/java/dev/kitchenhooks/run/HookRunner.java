package dev.kitchenhooks.run;

import dev.kitchenhooks.hook.Place;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.process.StopRequest;

/** Runs hooks at one place: on this machine, on the node, in a container. Thread-safe. */
@FunctionalInterface
public interface HookRunner {
  /**
   * Runs one attempt to its end, under the definition's timeout; nothing of its process tree is
   * left after it. Whatever goes wrong at the place is the hook's failure, and told in the result.
   *
   * @param output gets every line before this returns
   */
  ProcessResult run(HookLaunch launch, LineSink output, StopRequest stop);

  /** The runner of each place, as one. */
  static HookRunner of(HookRunner controller, HookRunner node, HookRunner container) {
    return (launch, output, stop) -> {
      HookRunner there =
          switch (launch.definition().place()) {
            case Place.Controller() -> controller;
            case Place.Node() -> node;
            case Place.InContainer(var _) -> container;
          };
      return there.run(launch, output, stop);
    };
  }

  /** On this machine. */
  static HookRunner local(ProcessRunner processes) {
    return (launch, output, stop) -> processes.run(launch.localCommand(), output, stop);
  }
}
