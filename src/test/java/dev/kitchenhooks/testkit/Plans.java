package dev.kitchenhooks.testkit;

import dev.kitchenhooks.hook.Filters;
import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.HookType;
import dev.kitchenhooks.hook.OutputMode;
import dev.kitchenhooks.hook.Place;
import dev.kitchenhooks.hook.Retries;
import dev.kitchenhooks.hook.RunCondition;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.plan.Limits;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.plan.Work;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Plans for tests that care about what happens in a run, not how its plan came about. */
public final class Plans {
  private Plans() {}

  public static PlannedHook hook(String name, String type) {
    return hook(name, type, "what " + name + " is for", OutputMode.LIVE);
  }

  public static PlannedHook hook(String name, String type, String description, OutputMode output) {
    return hook(name, type, description, output, Retries.NONE, false);
  }

  /** One that is tried again. */
  public static PlannedHook hook(String name, String type, Retries retries) {
    return hook(name, type, "", OutputMode.LIVE, retries, false);
  }

  /** One that may run together with its neighbours. */
  public static PlannedHook hook(String name, String type, boolean concurrent) {
    return hook(name, type, "", OutputMode.LIVE, Retries.NONE, concurrent);
  }

  private static PlannedHook hook(
      String name,
      String type,
      String description,
      OutputMode output,
      Retries retries,
      boolean concurrent) {
    HookType parsed = HookType.parse(type).orElseThrow();
    return new PlannedHook(
        new HookDefinition(
            name,
            description,
            List.of(parsed),
            "hook-defs/" + name + ".json",
            name + ".sh",
            Path.of("/kitchen/hooks/" + name + ".sh"),
            List.of(),
            Place.CONTROLLER,
            Optional.empty(),
            Filters.NONE,
            true,
            Collections.emptySortedSet(),
            0,
            concurrent,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            RunCondition.FINISHED,
            true,
            retries,
            Map.of(),
            output,
            false),
        parsed);
  }

  public static NodeFacts facts(String fqdn, String environment) {
    return new NodeFacts(
        fqdn,
        environment,
        new TreeSet<>(),
        new TreeSet<>(),
        new TreeSet<>(),
        Optional.empty(),
        false,
        List.of());
  }

  public static PlannedNode node(String fqdn, List<PlannedHook> pre, List<PlannedHook> post) {
    return new PlannedNode(facts(fqdn, "staging"), pre, post);
  }

  /** A plain run over nodes, one at a time. */
  public static RunPlan of(
      List<PlannedHook> globalPre, List<PlannedHook> globalPost, PlannedNode... nodes) {
    return new RunPlan(
        "node:all",
        HookType.DEPLOY,
        Work.Converge.of(Work.Manner.USUAL),
        Limits.SERIAL,
        globalPre,
        Arrays.asList(nodes),
        List.of(),
        globalPost,
        List.of());
  }
}
