package dev.kitchenhooks.cli;

import dev.kitchenhooks.container.EngineCheck;
import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.LintRule;
import dev.kitchenhooks.hook.Loaded;
import dev.kitchenhooks.hook.Place;
import dev.kitchenhooks.json.Position;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether there is an engine for the hooks that run in containers; asked only if there are any. */
final class ContainerCheck {
  private ContainerCheck() {}

  /**
   * @throws FixException if one of these hooks needs an engine, and there is none
   */
  static void require(Shell shell, Kitchen kitchen, Stream<HookDefinition> hooks) {
    Optional<HookDefinition> first = hooks.filter(ContainerCheck::needsEngine).findFirst();
    if (first.isPresent()) {
      check(shell, kitchen)
          .ifPresent(fault -> {
            throw FixException.invalid(
                "%s; nothing has run".formatted(message(first.get(), fault)), fault.hint());
          });
    }
  }

  /** An error for each hook that would run, at the place where it says that it needs one. */
  static List<Problem> problems(Shell shell, Kitchen kitchen, Loaded loaded) {
    List<HookDefinition> hooks =
        loaded.hooks().stream().filter(h -> h.enabled() && needsEngine(h)).toList();
    Optional<EngineCheck.Fault> fault = hooks.isEmpty() ? Optional.empty() : check(shell, kitchen);
    return fault.stream()
        .flatMap(f -> hooks.stream().map(hook -> problem(loaded, hook, f)))
        .toList();
  }

  private static Problem problem(Loaded loaded, HookDefinition hook, EngineCheck.Fault fault) {
    Position at = loaded.valueAt(hook, "/container");
    return Problem.error(hook.file(), at.line(), at.column(), message(hook, fault))
        .withHint(fault.hint())
        .withRule(LintRule.CONTAINER_ENGINE.id());
  }

  private static String message(HookDefinition hook, EngineCheck.Fault fault) {
    return "the hook \"%s\" runs in a container, and %s".formatted(hook.name(), fault.message());
  }

  private static boolean needsEngine(HookDefinition hook) {
    return hook.place() instanceof Place.InContainer;
  }

  private static Optional<EngineCheck.Fault> check(Shell shell, Kitchen kitchen) {
    return EngineCheck.check(
        kitchen.config().hooks().containerEngine(),
        shell.around().environment(),
        kitchen.directory());
  }
}
