package dev.kitchenhooks.plan;

import dev.kitchenhooks.hook.FilterKey;
import dev.kitchenhooks.hook.Filters;
import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.HookType;
import dev.kitchenhooks.hook.OutputMode;
import dev.kitchenhooks.hook.Place;
import dev.kitchenhooks.hook.Retries;
import dev.kitchenhooks.hook.RunCondition;
import dev.kitchenhooks.kitchen.NodeFacts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Definitions and nodes, as short as a plan's tests need them. */
record TestHooks(
    String name,
    List<HookType> types,
    int weight,
    Filters filters,
    boolean enabled,
    List<String> tags,
    boolean whyRun) {
  static TestHooks hook(String name, String... types) {
    return new TestHooks(
        name,
        Arrays.stream(types).map(t -> HookType.parse(t).orElseThrow()).toList(),
        0,
        Filters.NONE,
        true,
        List.of(),
        false);
  }

  TestHooks weight(int newWeight) {
    return new TestHooks(name, types, newWeight, filters, enabled, tags, whyRun);
  }

  TestHooks filters(Filters newFilters) {
    return new TestHooks(name, types, weight, newFilters, enabled, tags, whyRun);
  }

  TestHooks roles(String... roles) {
    return filters(new Filters(Map.of(FilterKey.ROLES, List.of(roles))));
  }

  TestHooks disabled() {
    return new TestHooks(name, types, weight, filters, false, tags, whyRun);
  }

  TestHooks tagged(String... newTags) {
    return new TestHooks(name, types, weight, filters, enabled, List.of(newTags), whyRun);
  }

  TestHooks inWhyRun() {
    return new TestHooks(name, types, weight, filters, enabled, tags, true);
  }

  HookDefinition definition() {
    return new HookDefinition(
        name,
        "",
        types,
        "hook-defs/" + name + ".json",
        name,
        Path.of("/kitchen/hooks", name),
        List.of(),
        Place.CONTROLLER,
        Optional.empty(),
        filters,
        enabled,
        new TreeSet<>(tags),
        weight,
        false,
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        RunCondition.FINISHED,
        true,
        Retries.NONE,
        Map.of(),
        OutputMode.LIVE,
        whyRun);
  }

  static NodeFacts node(String fqdn, String... roles) {
    return node(fqdn, false, roles);
  }

  static NodeFacts node(String fqdn, boolean dummy, String... roles) {
    return new NodeFacts(
        fqdn,
        "staging",
        new TreeSet<>(List.of(roles)),
        new TreeSet<>(),
        new TreeSet<>(),
        Optional.empty(),
        dummy,
        List.of());
  }

  static PlanRequest request(List<NodeFacts> nodes, TestHooks... hooks) {
    return new PlanRequest(
        "node:all",
        HookType.DEPLOY,
        Work.Converge.of(Work.Manner.USUAL),
        Limits.SERIAL,
        nodes,
        Map.of(),
        Arrays.stream(hooks).map(TestHooks::definition).toList(),
        SkipFlags.NONE);
  }

  static PlanRequest with(PlanRequest r, Work work) {
    return new PlanRequest(
        r.command(),
        r.phase(),
        work,
        r.limits(),
        r.selected(),
        r.applications(),
        r.definitions(),
        r.skip());
  }

  static PlanRequest with(PlanRequest r, String phase) {
    return new PlanRequest(
        r.command(),
        phase,
        r.work(),
        r.limits(),
        r.selected(),
        r.applications(),
        r.definitions(),
        r.skip());
  }

  static PlanRequest skipping(PlanRequest r, boolean all, String... values) {
    SkipFlags skip = SkipFlags.parse(all, List.of(values), r.definitions(), List.of("promote"));
    return new PlanRequest(
        r.command(),
        r.phase(),
        r.work(),
        r.limits(),
        r.selected(),
        r.applications(),
        r.definitions(),
        skip);
  }
}
