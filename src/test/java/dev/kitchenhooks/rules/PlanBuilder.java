package dev.kitchenhooks.rules;

import dev.kitchenhooks.hook.Filters;
import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.HookType;
import dev.kitchenhooks.hook.Moment;
import dev.kitchenhooks.hook.OutputMode;
import dev.kitchenhooks.hook.Place;
import dev.kitchenhooks.hook.Retries;
import dev.kitchenhooks.hook.RunCondition;
import dev.kitchenhooks.hook.Scope;
import dev.kitchenhooks.kitchen.Application;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.plan.Batches;
import dev.kitchenhooks.plan.Limits;
import dev.kitchenhooks.plan.PlannedApp;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.plan.Work;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Plans in few words: nodes {@code a}, {@code b}, ..., and hooks of which only the rules matter.
 */
final class PlanBuilder {
  private final List<PlannedHook> globalPre = new ArrayList<>();
  private final List<PlannedHook> globalPost = new ArrayList<>();
  private final List<PlannedNode> nodes = new ArrayList<>();
  private Limits limits = Limits.SERIAL;
  private Work work = Work.Converge.of(Work.Manner.USUAL);

  /** What the rules look at in a hook. The condition is of no meaning for a pre hook. */
  record Kind(boolean required, RunCondition condition, boolean concurrent, int weight) {
    static final Kind REQUIRED = on(RunCondition.FINISHED);
    static final Kind OPTIONAL = REQUIRED.optional();

    static Kind on(RunCondition condition) {
      return new Kind(true, condition, false, 0);
    }

    Kind optional() {
      return new Kind(false, condition, concurrent, weight);
    }

    /** The same, running together with neighbours of which this is said too. */
    Kind together() {
      return new Kind(required, condition, true, weight);
    }

    Kind weight(int newWeight) {
      return new Kind(required, condition, concurrent, newWeight);
    }
  }

  PlanBuilder limits(int concurrency, int maxFailed) {
    limits = new Limits(concurrency, maxFailed);
    return this;
  }

  /** Divides the nodes that are there when the plan is built. */
  PlanBuilder batches(int... sizes) {
    List<Integer> ends = new ArrayList<>();
    int end = 0;
    for (int size : sizes) {
      end += size;
      ends.add(end);
    }
    limits = new Limits(limits.concurrency(), limits.maxFailed(), new Batches(ends));
    return this;
  }

  PlanBuilder work(Work newWork) {
    work = newWork;
    return this;
  }

  PlanBuilder globalPre(String name, Kind kind) {
    globalPre.add(hook(name, Scope.GLOBAL, Moment.PRE, kind));
    return this;
  }

  PlanBuilder globalPost(String name, Kind kind) {
    globalPost.add(hook(name, Scope.GLOBAL, Moment.POST, kind));
    return this;
  }

  PlanBuilder node(String fqdn, List<PlannedHook> pre, List<PlannedHook> post) {
    NodeFacts facts =
        new NodeFacts(
            fqdn,
            "_default",
            Collections.emptySortedSet(),
            Collections.emptySortedSet(),
            Collections.emptySortedSet(),
            Optional.empty(),
            false,
            List.of());
    nodes.add(new PlannedNode(facts, pre, post));
    return this;
  }

  /** The last node gets one more application, with a hook of each kind. */
  PlanBuilder app(List<Kind> pre, List<Kind> post) {
    PlannedNode node = nodes.removeLast();
    var apps = new ArrayList<>(node.apps());
    String name = appName(apps.size());
    apps.add(
        new PlannedApp(
            new Application(name, "_default", "1", name + ".yml", "/srv/" + name),
            hooks("before", Scope.APP, Moment.PRE, pre),
            hooks("after", Scope.APP, Moment.POST, post)));
    nodes.add(new PlannedNode(node.facts(), node.pre(), node.post(), List.copyOf(apps)));
    return this;
  }

  /** {@code x}, {@code y}, {@code z}. */
  static String appName(int index) {
    return String.valueOf((char) ('x' + index));
  }

  /** A node with a hook of each kind, numbered from 1 on both sides. */
  PlanBuilder nodeWith(List<Kind> pre, List<Kind> post) {
    return node(
        nodeName(nodes.size()),
        hooks("pre", Scope.NODE, Moment.PRE, pre),
        hooks("post", Scope.NODE, Moment.POST, post));
  }

  /**
   * Global hooks of each kind: {@code open1}, {@code open2} before, {@code close1} and so on after.
   */
  PlanBuilder globals(List<Kind> pre, List<Kind> post) {
    for (int i = 0; i < pre.size(); i++) {
      globalPre("open" + (i + 1), pre.get(i));
    }
    for (int i = 0; i < post.size(); i++) {
      globalPost("close" + (i + 1), post.get(i));
    }
    return this;
  }

  RunPlan build() {
    return new RunPlan(
        "node:all",
        HookType.DEPLOY,
        work,
        limits,
        List.copyOf(globalPre),
        List.copyOf(nodes),
        List.of(),
        List.copyOf(globalPost),
        List.of());
  }

  /** {@code a} to {@code z}, then {@code n26} and so on. */
  static String nodeName(int index) {
    return index < 26 ? String.valueOf((char) ('a' + index)) : "n" + index;
  }

  static PlannedHook nodePre(String name, Kind kind) {
    return hook(name, Scope.NODE, Moment.PRE, kind);
  }

  static PlannedHook nodePost(String name, Kind kind) {
    return hook(name, Scope.NODE, Moment.POST, kind);
  }

  private static List<PlannedHook> hooks(
      String prefix, Scope scope, Moment moment, List<Kind> kinds) {
    List<PlannedHook> hooks = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      hooks.add(hook(prefix + (i + 1), scope, moment, kinds.get(i)));
    }
    return List.copyOf(hooks);
  }

  private static PlannedHook hook(String name, Scope scope, Moment moment, Kind kind) {
    HookType type = new HookType(scope, moment, HookType.DEPLOY);
    HookDefinition definition =
        new HookDefinition(
            name,
            "",
            List.of(type),
            "hook-defs/" + name + ".json",
            name,
            Path.of("/kitchen/hooks", name),
            List.of(),
            Place.CONTROLLER,
            Optional.empty(),
            Filters.NONE,
            true,
            new TreeSet<>(),
            kind.weight(),
            kind.concurrent(),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            kind.condition(),
            kind.required(),
            Retries.NONE,
            Map.of(),
            OutputMode.LIVE,
            false);
    return new PlannedHook(definition, type);
  }
}
