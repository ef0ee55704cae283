package dev.kitchenhooks.console;

import dev.kitchenhooks.history.PlainText;
import dev.kitchenhooks.hook.HookType;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.plan.SkippedHook;
import dev.kitchenhooks.plan.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;

/** What is said before a run starts: what it will do, and what a flag left out. */
final class PlanLines {
  private static final int SHOWN_NODES = 3;
  private static final int SHOWN_HOOKS = 10;

  /** Characters of what is done; a command may be a whole script. */
  private static final int SHOWN_WORK = 80;

  private PlanLines() {}

  static List<String> of(String runId, RunPlan plan, Style style) {
    var lines = new ArrayList<String>();
    lines.add(style.bold("Run " + runId) + ": " + String.join(style.dot(), parts(plan, style)));
    Map<String, SequencedSet<String>> skipped = new LinkedHashMap<>();
    for (SkippedHook skip : plan.skipped()) {
      skipped
          .computeIfAbsent(skip.reason(), _ -> new LinkedHashSet<>())
          .add(PlainText.of(skip.hook().name()));
    }
    skipped.forEach((reason, names) ->
        lines.add(
            style.yellow("Left out by %s: ".formatted(PlainText.of(reason)))
                + first(names, SHOWN_HOOKS, style)));
    return lines;
  }

  private static List<String> parts(RunPlan plan, Style style) {
    var parts = new ArrayList<String>();
    parts.add(nodes(plan, style) + ", " + Count.of(hooks(plan), "hook") + ", " + atOnce(plan));
    Set<String> environments = new TreeSet<>();
    plan.nodes().forEach(node -> environments.add(PlainText.of(node.facts().environment())));
    if (!environments.isEmpty()) {
      parts.add(
          (environments.size() == 1 ? "environment " : "environments ")
              + String.join(", ", environments));
    }
    work(plan.work()).ifPresent(what -> parts.add(shortened(what, style)));
    if (!plan.phase().equals(HookType.DEPLOY)) {
      parts.add("phase " + plan.phase());
    }
    if (plan.work().isWhyRun()) {
      parts.add("why-run, nothing is changed");
    }
    if (!plan.dummies().isEmpty()) {
      parts.add(Count.of(plan.dummies().size(), "dummy node") + " left out");
    }
    return parts;
  }

  /** What is done, where it is not the usual. A wrapped command is shown as it starts. */
  private static Optional<String> work(Work work) {
    return switch (work) {
      case Work.Converge(List<String> runList, var _) ->
          runList.isEmpty() ? Optional.empty() : Optional.of("only " + String.join(", ", runList));
      case Work.Rollback back -> Optional.of("back from run " + back.run());
      case Work.RemoteShell(String command) -> Optional.of("ssh: " + command);
      case Work.NodePlugin(String name) -> Optional.of("plugin: " + name);
      case Work.InstallChef _ -> Optional.of("deploy_chef");
      case Work.Applications(String name, boolean undeploy) ->
          Optional.of((undeploy ? "undeploy of " : "deploy of ") + name);
      case Work.CommandPerNode _, Work.CommandOnce _ -> Optional.empty();
    };
  }

  private static String shortened(String what, Style style) {
    String text = PlainText.of(what);
    return text.length() > SHOWN_WORK ? text.substring(0, SHOWN_WORK) + style.ellipsis() : text;
  }

  private static String nodes(RunPlan plan, Style style) {
    if (plan.nodes().isEmpty()) {
      return "no nodes";
    }
    List<String> names = plan.fqdns().stream().map(PlainText::of).toList();
    return Count.of(names.size(), "node") + " (" + first(names, SHOWN_NODES, style) + ")";
  }

  private static String first(java.util.Collection<String> names, int limit, Style style) {
    String shown = String.join(", ", names.stream().limit(limit).toList());
    return names.size() > limit ? shown + ", " + style.ellipsis() : shown;
  }

  /** Different hooks, however often each runs. */
  private static long hooks(RunPlan plan) {
    return plan.hooks().map(PlannedHook::name).distinct().count();
  }

  private static String atOnce(RunPlan plan) {
    if (plan.work() instanceof Work.CommandOnce) {
      return "one command for all";
    }
    int concurrency = plan.limits().concurrency();
    String atOnce = concurrency == 1 ? "one at a time" : "up to " + concurrency + " at a time";
    return plan.limits().batches().divided()
        ? atOnce + ", in " + BatchText.of(plan.limits().batches())
        : atOnce;
  }
}
