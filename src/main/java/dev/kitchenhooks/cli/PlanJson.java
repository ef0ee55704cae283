package dev.kitchenhooks.cli;

import dev.kitchenhooks.hook.Place;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.plan.HookGroups;
import dev.kitchenhooks.plan.PlannedApp;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.plan.SkippedHook;
import dev.kitchenhooks.plan.Work;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A plan for machines: one JSON object. */
record PlanJson(RunPlan plan, Path nodesFile) {

  void write(PrintStream out) {
    try (JsonGenerator json =
        JsonFactory.builder()
            .disable(tools.jackson.core.StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build()
            .createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("command", plan.command());
      json.writeStringProperty("phase", plan.phase());
      json.writeNumberProperty("concurrency", plan.limits().concurrency());
      if (plan.limits().batches().divided()) {
        json.writeName("batches");
        json.writeStartArray();
        plan.limits().batches().sizes().forEach(json::writeNumber);
        json.writeEndArray();
      }
      hooks(json, "global_pre", plan.globalPre(), Optional.empty());
      if (plan.work() instanceof Work.CommandOnce) {
        json.writeStringProperty("run", PlanShow.work(plan, Optional.empty()));
      }
      json.writeName("nodes");
      json.writeStartArray();
      plan.nodes().forEach(n -> node(json, n));
      json.writeEndArray();
      hooks(json, "global_post", plan.globalPost(), Optional.empty());
      json.writeName("skipped");
      json.writeStartArray();
      plan.skipped().forEach(s -> skipped(json, s));
      json.writeEndArray();
      strings(json, "dummies", plan.dummies().stream().map(NodeFacts::fqdn).toList());
      json.writeEndObject();
    }
    out.println();
  }

  private void node(JsonGenerator json, PlannedNode node) {
    json.writeStartObject();
    json.writeStringProperty("fqdn", node.fqdn());
    json.writeStringProperty("chef_environment", node.facts().environment());
    strings(json, "roles", List.copyOf(node.facts().roles()));
    hooks(json, "pre", node.pre(), Optional.of(node));
    if (!(plan.work() instanceof Work.CommandOnce)) {
      json.writeStringProperty("deploy", PlanShow.work(plan, Optional.of(node)));
    }
    if (!node.apps().isEmpty()) {
      json.writeName("applications");
      json.writeStartArray();
      node.apps().forEach(app -> app(json, node, app));
      json.writeEndArray();
    }
    hooks(json, "post", node.post(), Optional.of(node));
    json.writeEndObject();
  }

  private void app(JsonGenerator json, PlannedNode node, PlannedApp app) {
    json.writeStartObject();
    json.writeStringProperty("name", app.name());
    json.writeStringProperty("environment", app.application().environment());
    json.writeStringProperty("version", app.application().version());
    json.writeStringProperty("compose_file", app.application().composeFile());
    json.writeStringProperty("target_dir", app.application().targetDirectory());
    hooks(json, "pre", app.pre(), hook -> PlanShow.argv(hook, node, app, nodesFile));
    json.writeStringProperty("deploy", PlanShow.work(plan, app));
    hooks(json, "post", app.post(), hook -> PlanShow.argv(hook, node, app, nodesFile));
    json.writeEndObject();
  }

  private void hooks(
      JsonGenerator json, String name, List<PlannedHook> hooks, Optional<PlannedNode> node) {
    hooks(json, name, hooks, hook -> PlanShow.argv(plan, hook, node, nodesFile));
  }

  private static void hooks(
      JsonGenerator json,
      String name,
      List<PlannedHook> hooks,
      Function<PlannedHook, List<String>> argv) {
    json.writeName(name);
    json.writeStartArray();
    int group = 0;
    for (int i = 0; i < hooks.size(); i++) {
      PlannedHook hook = hooks.get(i);
      group += HookGroups.start(hooks, i) == i ? 1 : 0;
      json.writeStartObject();
      json.writeStringProperty("hook", hook.name());
      json.writeStringProperty("type", hook.type().id());
      strings(json, "argv", argv.apply(hook));
      json.writeBooleanProperty("required", hook.definition().required());
      json.writeNumberProperty("group", group);
      if (hook.definition().place() instanceof Place.InContainer(var spec)) {
        json.writeStringProperty("container", spec.source().text());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void skipped(JsonGenerator json, SkippedHook skipped) {
    json.writeStartObject();
    json.writeStringProperty("hook", skipped.hook().name());
    json.writeStringProperty("type", skipped.hook().type().id());
    json.writeStringProperty("reason", skipped.reason());
    json.writeEndObject();
  }

  private static void strings(JsonGenerator json, String name, List<String> values) {
    json.writeName(name);
    json.writeStartArray();
    values.forEach(json::writeString);
    json.writeEndArray();
  }
}
