package dev.kitchenhooks.cli;

import static java.util.stream.Collectors.joining;

import dev.kitchenhooks.app.ComposeCopy;
import dev.kitchenhooks.history.RunHistory;
import dev.kitchenhooks.history.StoredNode;
import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.HookDefinitions;
import dev.kitchenhooks.hook.HookTrust;
import dev.kitchenhooks.hook.HookType;
import dev.kitchenhooks.hook.HookedCommand;
import dev.kitchenhooks.hook.Loaded;
import dev.kitchenhooks.hook.Moment;
import dev.kitchenhooks.hook.Place;
import dev.kitchenhooks.hook.Scope;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.kitchen.Orders;
import dev.kitchenhooks.plan.Limits;
import dev.kitchenhooks.plan.PlannedApp;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Nearest;
import dev.kitchenhooks.problem.Problems;
import dev.kitchenhooks.process.LocalProcesses;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.remote.RemoteResult;
import dev.kitchenhooks.remote.ShellWords;
import dev.kitchenhooks.remote.UnreachableException;
import dev.kitchenhooks.rules.Outcome;
import dev.kitchenhooks.run.EventBus;
import dev.kitchenhooks.run.HookByHand;
import dev.kitchenhooks.run.LiveRuns;
import dev.kitchenhooks.run.RunEngine;
import dev.kitchenhooks.run.RunFacts;
import dev.kitchenhooks.run.RunIds;
import dev.kitchenhooks.secret.SecretReader;
import dev.kitchenhooks.secret.Secrets;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code fix hooks run}: finds the hook and its nodes, and runs it as a run would. */
final class HandRun {
  private static final Clock CLOCK = Clock.systemUTC();

  private final Shell shell;
  private final HandReport report;

  HandRun(Shell shell, HandReport report) {
    this.shell = shell;
    this.report = report;
  }

  /**
   * What is asked for.
   *
   * @param name the hook
   * @param nodes for which nodes; empty: as {@code run} says
   * @param app for which application of each; null: its only one
   * @param run for the nodes of this recorded run; null: all nodes of the kitchen
   * @param rc the return code that a post hook gets
   * @param type as which of its types; null: the first that fits the rest
   * @param trial where this is one, for sample nodes if none is named; else null
   * @param dryRun whether the hook is told that nothing shall be changed
   */
  record Request(
      String name,
      List<String> nodes,
      @Nullable String app,
      @Nullable String run,
      OptionalInt rc,
      @Nullable String type,
      @Nullable HookTrial trial,
      boolean dryRun) {}

  /**
   * Runs it, for a node hook once for each node in order, and returns the first exit code not 0.
   */
  int run(Request request) {
    Kitchen kitchen = shell.openKitchenForRun();
    Loaded loaded = HookDefinitions.load(kitchen.directory(), kitchen.config().hooks());
    HookDefinition definition = definition(kitchen, loaded, request.name());
    HookType type = type(definition, request);
    boolean anyNode = request.nodes().isEmpty() && request.run() == null;
    boolean there = definition.place() instanceof Place.Node;
    boolean ofApp = type.scope() == Scope.APP;
    boolean eachNode = type.scope() == Scope.NODE || ofApp || there;
    if (eachNode && anyNode && request.trial() == null) {
      String what =
          there ? "runs on its node" : ofApp ? "is an application's hook" : "is a node hook";
      throw FixException.invalid(
          "\"%s\" %s".formatted(definition.name(), what), "say for which node: --node FQDN");
    }
    if (request.app() != null && !ofApp) {
      throw FixException.invalid(
          "\"%s\" is no hook of applications".formatted(definition.name()), "leave out --app");
    }
    SampleNodes nodes =
        anyNode && request.trial() != null
            ? SampleNodes.of(kitchen, definition, type)
            : new SampleNodes(selected(kitchen, request), false);
    RunPlan plan = plan(type, request, nodes.nodes());
    ContainerCheck.require(shell, kitchen, Stream.of(definition));
    OptionalInt returnCode =
        type.scope() != Scope.USER && type.moment() == Moment.POST
            ? OptionalInt.of(request.rc().orElse(0))
            : OptionalInt.empty();
    var hook = new PlannedHook(definition, type);
    Secrets secrets =
        SecretReader.read(
                kitchen.directory(), loaded, List.of(definition), shell.around().environment())
            .masking(kitchen.config().passwords());
    if (request.trial() != null) {
      request.trial().announce(definition, type, nodes, request.dryRun());
    }
    var stop = new StopRequest();
    String id = RunIds.next(CLOCK.instant());
    // One for all nodes: a Ctrl-C is meant for the command, not for the hook that happens to run.
    try (PluginCheck _ = PluginCheck.open(shell, kitchen, loaded, Stream.of(definition));
        Signals _ = shell.stopOnSignal(stop);
        var connections = new Connections(shell, kitchen);
        LiveRuns _ = LiveRuns.join(kitchen.state().locks(), kitchen.state().runs(), id);
        HookByHand byHand = byHand(kitchen, id, plan, hook, secrets)) {
      if (!eachNode) {
        HookByHand.Result result = byHand.run(Optional.empty(), Optional.empty(), returnCode, stop);
        report.ended(result, secrets);
        return result.exitCode();
      }
      int exit = 0;
      for (PlannedNode node : plan.nodes()) {
        if (stop.level() != StopRequest.Level.NONE) {
          return ExitCode.INTERRUPTED.code();
        }
        try (NodeSession session = there ? connections.connect(node.fqdn(), stop) : null) {
          HookByHand.Result result =
              ofApp
                  ? forApp(byHand, kitchen, id, node, request, session, returnCode, stop)
                  : byHand.run(Optional.of(node), Optional.ofNullable(session), returnCode, stop);
          report.ended(result, secrets);
          exit = exit == 0 ? result.exitCode() : exit;
        } catch (UnreachableException e) {
          shell.around().err().println(node.fqdn() + " is unreachable: " + e.getMessage());
          exit = exit == 0 ? RemoteResult.CONNECTION_LOST : exit;
        }
      }
      return exit;
    }
  }

  private HookByHand.Result forApp(
      HookByHand byHand,
      Kitchen kitchen,
      String id,
      PlannedNode node,
      Request request,
      @Nullable NodeSession session,
      OptionalInt returnCode,
      StopRequest stop) {
    HandApp app = HandApp.of(kitchen, node.facts(), request.app(), request.trial() != null);
    var planned = new PlannedApp(app.application(), List.of(), List.of());
    RunFacts facts = facts(kitchen, id, Secrets.NONE);
    try (ComposeCopy copy =
        ComposeCopy.ofKitchen(facts, node.fqdn(), app.application(), app.sample())) {
      return byHand.run(node, planned, copy, Optional.ofNullable(session), returnCode, stop);
    }
  }

  private static HookDefinition definition(Kitchen kitchen, Loaded loaded, String name) {
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
    if (!named.getFirst().enabled()) {
      // Also: nobody checks whether the program of a hook that never runs can be trusted.
      throw FixException.invalid(
          "the hook \"%s\" is not enabled".formatted(name),
          "take \"enabled\": false out of " + named.getFirst().file());
    }
    return named.getFirst();
  }

  private static HookType type(HookDefinition definition, Request request) {
    List<HookType> types = definition.types();
    if (request.type() != null) {
      return types.stream()
          .filter(t -> t.id().equals(request.type()))
          .findFirst()
          .orElseThrow(() ->
              FixException.invalid(
                  "the hook \"%s\" has no type %s".formatted(definition.name(), request.type()),
                  "it has " + types.stream().map(HookType::id).collect(joining(", "))));
    }
    Moment moment = request.rc().isPresent() ? Moment.POST : Moment.PRE;
    Scope ofNode = request.app() == null ? Scope.NODE : Scope.APP;
    Scope scope = request.nodes().isEmpty() ? Scope.GLOBAL : ofNode;
    return types.stream()
        .min(
            Comparator.comparing((HookType t) -> t.scope() != scope)
                .thenComparing(t -> t.moment() != moment))
        .orElseThrow();
  }

  private List<NodeFacts> selected(Kitchen kitchen, Request request) {
    return kitchen.select(Orders.parse(List.of(orders(request))), Optional.empty()).nodes().stream()
        .filter(n -> !n.dummy())
        .toList();
  }

  private static RunPlan plan(HookType type, Request request, List<NodeFacts> nodes) {
    List<PlannedNode> planned =
        nodes.stream().map(n -> new PlannedNode(n, List.of(), List.of())).toList();
    String phase = type.scope() == Scope.USER ? HookType.DEPLOY : type.phase();
    return new RunPlan(
        (request.trial() == null ? "hooks run " : "hooks test ") + ShellWords.quote(request.name()),
        phase,
        Work.Converge.of(request.dryRun() ? Work.Manner.WHY_RUN : Work.Manner.USUAL),
        Limits.SERIAL,
        List.of(),
        planned,
        List.<NodeFacts>of(),
        List.of(),
        List.of());
  }

  private String orders(Request request) {
    if (!request.nodes().isEmpty()) {
      return "node:" + String.join(",", request.nodes());
    }
    return request.run() == null ? "node:all" : "node:" + String.join(",", nodesOf(request.run()));
  }

  private List<String> nodesOf(String run) {
    try (RunHistory history = shell.history()) {
      if (history == null) {
        throw FixException.invalid(
            "--run %s: there was no run yet in this kitchen".formatted(run), "use --node FQDN");
      }
      return history.run(run).nodes().stream()
          .filter(n -> n.end().map(e -> e.outcome() != Outcome.DUMMY).orElse(true))
          .map(StoredNode::fqdn)
          .toList();
    }
  }

  private HookByHand byHand(
      Kitchen kitchen, String id, RunPlan plan, PlannedHook hook, Secrets secrets) {
    RunFacts facts = facts(kitchen, id, secrets);
    var tools =
        new RunEngine.HookTools(
            report.watched(HookRunners.open(new LocalProcesses()::run, kitchen.config()), secrets),
            RunTools.matches(HookedCommand.FIX),
            new EventBus(List.of(report::on), secrets),
            CLOCK);
    return new HookByHand(facts, plan, hook, tools);
  }

  private RunFacts facts(Kitchen kitchen, String id, Secrets secrets) {
    return new RunFacts(
        id,
        kitchen.directory(),
        kitchen.state().run(id),
        shell.user(),
        CLOCK.instant(),
        shell.around().environment(),
        secrets);
  }
}
