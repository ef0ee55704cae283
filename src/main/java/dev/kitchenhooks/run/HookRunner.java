package dev.kitchenhooks.run;

import dev.kitchenhooks.hook.Place;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.process.StopRequest;
import java.util.List;
import java.util.Map;

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

  /** What the program sees there of a launch. Asks nobody. */
  default Given given(HookLaunch launch) {
    return new Given(launch.argv(), launch.environment(), "");
  }

  /**
   * What a program is started with.
   *
   * @param argv as it is at that place
   * @param environment all that comes from here
   * @param more what the place adds to the environment, for people; empty: nothing
   */
  record Given(List<String> argv, Map<String, String> environment, String more) {}

  /** The runner of each place, as one. */
  static HookRunner of(HookRunner controller, HookRunner node, HookRunner container) {
    return new EachPlace(controller, node, container);
  }

  /** See {@link #of}. */
  record EachPlace(HookRunner controller, HookRunner node, HookRunner container)
      implements HookRunner {
    @Override
    public ProcessResult run(HookLaunch launch, LineSink output, StopRequest stop) {
      return there(launch).run(launch, output, stop);
    }

    @Override
    public Given given(HookLaunch launch) {
      return there(launch).given(launch);
    }

    private HookRunner there(HookLaunch launch) {
      return switch (launch.definition().place()) {
        case Place.Controller() -> controller;
        case Place.Node() -> node;
        case Place.InContainer(var _) -> container;
      };
    }
  }

  /** On this machine. */
  static HookRunner local(ProcessRunner processes) {
    return (launch, output, stop) -> processes.run(launch.localCommand(), output, stop);
  }
}
