package dev.kitchenhooks.cli;

import dev.kitchenhooks.console.BatchText;
import dev.kitchenhooks.console.Count;
import dev.kitchenhooks.hook.Moment;
import dev.kitchenhooks.hook.Place;
import dev.kitchenhooks.kitchen.Application;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.plan.Batches;
import dev.kitchenhooks.plan.HookGroups;
import dev.kitchenhooks.plan.Limits;
import dev.kitchenhooks.plan.PlannedApp;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.remote.ShellWords;
import dev.kitchenhooks.run.HookCall;
import dev.kitchenhooks.wrap.Placeholders;
import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Shows a plan: every node and hook in order, with the exact arguments a run would use. */
final class PlanShow {
  /** Stands in arguments for what is known only when the wrapped command has ended. */
  private static final String RETURN_CODE = "RC";

  private static final int BUFFER = 1 << 16;

  private final Shell shell;

  PlanShow(Shell shell) {
    this.shell = shell;
  }

  /** Shows it and returns the exit code. */
  int show(Preparation prepared) {
    Path nodesFile = prepared.kitchen().state().directory().resolve("runs/{run}/nodes");
    if (shell.globals().json()) {
      new PlanJson(prepared.plan(), nodesFile).write(shell.around().out());
    } else if (prepared.plan().nodes().isEmpty()) {
      shell.around().err().println("No nodes match; nothing would be done.");
    } else {
      // A plan of a fleet is long, and stdout writes each piece as it comes.
      var buffered =
          new PrintStream(
              new BufferedOutputStream(shell.around().out(), BUFFER),
              false,
              shell.around().out().charset());
      new Text(prepared.plan(), nodesFile, buffered).show();
    }
    return 0;
  }

  static List<String> argv(
      RunPlan plan, PlannedHook hook, Optional<PlannedNode> node, Path nodesFile) {
    Optional<String> rc =
        hook.type().moment() == Moment.POST ? Optional.of(RETURN_CODE) : Optional.empty();
    return HookCall.argv(plan, hook, node, rc, nodesFile);
  }

  /** Where a hook runs, as a remark behind its arguments; empty: on this machine. */
  static String place(Place place) {
    return switch (place) {
      case Place.Controller() -> "";
      case Place.Node() -> "  [on the node]";
      case Place.InContainer(var spec) -> "  [in a container: " + spec.source().text() + "]";
    };
  }

  /** Of a hook of an application. Where its compose file lies is known only in the run. */
  static List<String> argv(PlannedHook hook, PlannedNode node, PlannedApp app, Path nodesFile) {
    Path composeFile =
        nodesFile.resolveSibling("app-%s-%s/docker-compose.yml".formatted(node.fqdn(), app.name()));
    return HookCall.argv(hook, app.application(), composeFile);
  }

  /** What is done with an application of a node. */
  static String work(RunPlan plan, PlannedApp app) {
    Application application = app.application();
    return plan.work().takesAway()
        ? "compose down in %s, then take it away".formatted(application.targetDirectory())
        : "%s to %s, compose up"
            .formatted(application.composeFile(), application.targetDirectory());
  }

  /** What is done to a node, or once for all of them. */
  static String work(RunPlan plan, Optional<PlannedNode> node) {
    return switch (plan.work()) {
      case Work.Converge(List<String> runList, var _) ->
          "converge over SSH"
              + (runList.isEmpty() ? "" : " with run list " + String.join(", ", runList))
              + (plan.work().isWhyRun() ? ", in why-run mode" : "");
      case Work.Rollback back ->
          "converge over SSH with revision "
              + node.map(n -> String.valueOf(back.revisions().get(n.fqdn()))).orElseThrow();
      case Work.RemoteShell(String command) -> command;
      case Work.NodePlugin(String name) -> "plugins/%s, with the node on its stdin".formatted(name);
      case Work.InstallChef _ -> "install Chef over SSH, by [kitchen] deploy_chef_command";
      case Work.Applications _ -> "its applications";
      case Work.CommandPerNode(List<String> command) ->
          ShellWords.join(Placeholders.replace(command, node.map(PlannedNode::fqdn), plan.fqdns()));
      case Work.CommandOnce(List<String> command) ->
          ShellWords.join(Placeholders.replace(command, Optional.empty(), plan.fqdns()));
    };
  }

  /** What it is called. */
  private static String what(Work work) {
    return switch (work) {
      case Work.Converge _, Work.Rollback _, Work.CommandPerNode _, Work.CommandOnce _ -> "deploy";
      case Work.RemoteShell _ -> "ssh";
      case Work.NodePlugin _ -> "plugin";
      case Work.InstallChef _ -> "chef";
      case Work.Applications _ -> "apps";
    };
  }

  /** The plan for a person. */
  private record Text(RunPlan plan, Path nodesFile, PrintStream out) {
    void show() {
      out.println("Plan of: fix " + plan.command());
      Limits limits = plan.limits();
      out.printf(
          "%s, %s%s%n",
          Count.of(plan.nodes().size(), "node"),
          limits.concurrency() == 1
              ? "one at a time"
              : "up to " + limits.concurrency() + " at once",
          limits.batches().divided() ? ", in " + BatchText.of(limits.batches()) : "");
      section("Before the run", plan.globalPre());
      if (plan.work() instanceof Work.CommandOnce) {
        out.printf("%nThe run%n  %-6s %s%n", "run", work(plan, Optional.empty()));
      } else {
        nodes();
      }
      section("After the run", plan.globalPost());
      if (!plan.skipped().isEmpty()) {
        out.printf("%nLeft out%n");
        plan.skipped()
            .forEach(
                s -> out.printf("  %s (%s): %s%n", s.hook().name(), s.hook().type(), s.reason()));
      }
      if (!plan.dummies().isEmpty()) {
        out.printf("%nDummies, never configured%n");
        plan.dummies().forEach(d -> out.println("  " + d.fqdn()));
      }
      out.flush();
    }

    private void nodes() {
      Batches batches = plan.limits().batches();
      int start = 0;
      for (int batch = 0; batch < batches.count(); batch++) {
        int end = batches.end(batch, plan.nodes().size());
        if (batches.divided()) {
          out.printf(
              "%nBatch %d of %d: %s%n", batch + 1, batches.count(), Count.of(end - start, "node"));
        }
        plan.nodes().subList(start, end).forEach(this::node);
        start = end;
      }
    }

    private void section(String title, List<PlannedHook> hooks) {
      if (!hooks.isEmpty()) {
        out.printf("%n%s%n", title);
        hooks("", hooks, Optional.empty());
      }
    }

    private void node(PlannedNode node) {
      NodeFacts facts = node.facts();
      String roles = facts.roles().isEmpty() ? "" : ", roles " + String.join(" ", facts.roles());
      out.println();
      out.println(node.fqdn() + "  (" + facts.environment() + roles + ")");
      hooks("pre", node.pre(), Optional.of(node));
      if (!(plan.work() instanceof Work.Applications)) {
        out.println("  %-6s %s".formatted(what(plan.work()), work(plan, Optional.of(node))));
      }
      node.apps().forEach(app -> app(node, app));
      hooks("post", node.post(), Optional.of(node));
    }

    private void app(PlannedNode node, PlannedApp app) {
      out.printf("  application %s %s%n", app.name(), app.application().version());
      hooks("  pre", app.pre(), hook -> argv(hook, node, app, nodesFile));
      out.println("    deploy " + work(plan, app));
      hooks("  post", app.post(), hook -> argv(hook, node, app, nodesFile));
    }

    private void hooks(String label, List<PlannedHook> hooks, Optional<PlannedNode> node) {
      hooks(label, hooks, hook -> argv(plan, hook, node, nodesFile));
    }

    private void hooks(
        String label, List<PlannedHook> hooks, Function<PlannedHook, List<String>> argv) {
      for (int start = 0; start < hooks.size(); ) {
        int end = HookGroups.end(hooks, start);
        for (int i = start; i < end; i++) {
          String together =
              end - start == 1
                  ? ""
                  : "  [together, %d of %d]".formatted(i - start + 1, end - start);
          hook(label, hooks.get(i), argv.apply(hooks.get(i)), together);
        }
        start = end;
      }
    }

    private void hook(String label, PlannedHook hook, List<String> argv, String together) {
      var line = new StringBuilder("  ");
      if (!label.isEmpty()) {
        int width = label.startsWith(" ") ? 9 : 7;
        line.append(label).append(" ".repeat(width - label.length()));
      }
      line.append(hook.name()).append(": ");
      line.append(ShellWords.join(argv));
      line.append(together);
      line.append(remarks(hook));
      out.println(line);
    }

    private static String remarks(PlannedHook hook) {
      String where = place(hook.definition().place());
      String condition =
          switch (hook.definition().runCondition()) {
            case FINISHED -> "";
            case PASS -> "  [only on success]";
            case FAIL -> "  [only on failure]";
            case ALWAYS -> "  [always]";
          };
      String required = hook.definition().required() ? "" : "  [not required]";
      return where + condition + required;
    }
  }
}
