package dev.kitchenhooks.cli;

import dev.kitchenhooks.console.Elapsed;
import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.HookDefinitions;
import dev.kitchenhooks.hook.HookTrust;
import dev.kitchenhooks.hook.HookType;
import dev.kitchenhooks.hook.HookedCommand;
import dev.kitchenhooks.hook.Loaded;
import dev.kitchenhooks.hook.Moment;
import dev.kitchenhooks.hook.Scope;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.kitchen.Orders;
import dev.kitchenhooks.plan.Limits;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Nearest;
import dev.kitchenhooks.problem.Problems;
import dev.kitchenhooks.process.LocalProcesses;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.ShellWords;
import dev.kitchenhooks.rules.ExitText;
import dev.kitchenhooks.run.EventBus;
import dev.kitchenhooks.run.HookByHand;
import dev.kitchenhooks.run.RunEngine;
import dev.kitchenhooks.run.RunEvent;
import dev.kitchenhooks.run.RunFacts;
import dev.kitchenhooks.run.RunIds;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** {@code fix hooks run}: finds the hook and its nodes, and runs it as a run would. */
final class HandRun {
  private final Shell shell;

  HandRun(Shell shell) {
    this.shell = shell;
  }

  /**
   * Runs it, for a node hook once for each node in order, and returns the first exit code that is
   * not 0.
   */
  int run(String name, List<String> nodes, OptionalInt rc, @Nullable String typeName) {
    Kitchen kitchen = shell.openKitchenForRun();
    HookDefinition definition = definition(kitchen, name);
    HookType type = type(definition, typeName);
    if (type.scope() == Scope.NODE && nodes.isEmpty()) {
      throw FixException.invalid(
          "\"%s\" is a node hook".formatted(name), "say for which node: --node FQDN");
    }
    RunPlan plan = plan(kitchen, type, "fix hooks run " + ShellWords.quote(name), nodes);
    OptionalInt returnCode =
        type.scope() != Scope.USER && type.moment() == Moment.POST
            ? OptionalInt.of(rc.orElse(0))
            : OptionalInt.empty();
    var hook = new PlannedHook(definition, type);
    int exit = 0;
    if (type.scope() == Scope.NODE) {
      for (PlannedNode node : plan.nodes()) {
        int code = runOnce(kitchen, plan, hook, Optional.of(node), returnCode);
        exit = exit == 0 ? code : exit;
      }
    } else {
      exit = runOnce(kitchen, plan, hook, Optional.empty(), returnCode);
    }
    return exit;
  }

  private HookDefinition definition(Kitchen kitchen, String name) {
    Loaded loaded = HookDefinitions.load(kitchen.directory(), kitchen.config().hooks());
    List<HookDefinition> named =
        loaded.hooks().stream().filter(h -> h.name().equals(name)).toList();
    if (named.isEmpty()) {
      var problems = new Problems();
      problems.addAll(loaded.problems());
      problems.throwIfErrors(
          "there is no valid hook \"%s\", and some definitions are broken".formatted(name));
      String near = Nearest.hint(name, loaded.hooks().stream().map(HookDefinition::name).toList());
      throw FixException.invalid(
          "there is no hook \"%s\"".formatted(name),
          near == null ? "fix hooks list shows them" : near);
    }
    var problems = new Problems();
    problems.addAll(
        HookTrust.check(kitchen.directory(), new Loaded(named, List.of(), loaded.documents())));
    problems.throwIfErrors("the hook \"%s\" cannot be run".formatted(name));
    return named.getFirst();
  }

  private static HookType type(HookDefinition definition, @Nullable String typeName) {
    if (typeName == null) {
      return definition.types().getFirst();
    }
    return definition.types().stream()
        .filter(t -> t.id().equals(typeName))
        .findFirst()
        .orElseThrow(() ->
            FixException.invalid(
                "the hook \"%s\" has no type %s".formatted(definition.name(), typeName),
                "it has " + definition.types()));
  }

  private static RunPlan plan(Kitchen kitchen, HookType type, String command, List<String> nodes) {
    List<String> orders =
        nodes.isEmpty() ? List.of("node:all") : List.of("node:" + String.join(",", nodes));
    List<PlannedNode> planned =
        kitchen.select(Orders.parse(orders), Optional.empty()).nodes().stream()
            .filter(n -> !n.dummy())
            .map(n -> new PlannedNode(n, List.of(), List.of()))
            .toList();
    String phase = type.scope() == Scope.USER ? HookType.DEPLOY : type.phase();
    return new RunPlan(
        command,
        phase,
        new Work.Converge(false),
        Limits.SERIAL,
        List.of(),
        planned,
        List.<NodeFacts>of(),
        List.of(),
        List.of());
  }

  private int runOnce(
      Kitchen kitchen, RunPlan plan, PlannedHook hook, Optional<PlannedNode> node, OptionalInt rc) {
    Clock clock = Clock.systemUTC();
    String id = RunIds.next(clock.instant());
    var facts =
        new RunFacts(
            id,
            kitchen.directory(),
            kitchen.state().run(id),
            shell.user(),
            clock.instant(),
            shell.around().environment());
    var tools =
        new RunEngine.HookTools(
            new LocalProcesses()::run,
            RunTools.matches(HookedCommand.FIX),
            new EventBus(List.of(this::say)),
            clock);
    var stop = new StopRequest();
    try (Signals _ = shell.stopOnSignal(stop)) {
      return HookByHand.run(facts, plan, hook, node, rc, tools, stop);
    }
  }

  private void say(RunEvent event) {
    switch (event) {
      case RunEvent.HookStarted started ->
          shell.around().err().println("$ " + ShellWords.join(started.argv()));
      case RunEvent.HookOutput output -> shell.around().out().println(output.line());
      case RunEvent.HookFinished finished -> {
        String detail = finished.result().detail();
        shell
            .around()
            .err()
            .printf(
                "%s in %s%s%n",
                ExitText.of(finished.result().exitCode()),
                Elapsed.of(finished.result().duration()),
                detail.isEmpty() ? "" : ": " + detail);
      }
      default -> throw new IllegalStateException("not part of one hook: " + event);
    }
  }
}
