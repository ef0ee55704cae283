package dev.kitchenhooks.cli;

import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.HookDefinitions;
import dev.kitchenhooks.hook.HookTrust;
import dev.kitchenhooks.hook.Loaded;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.kitchen.Selection;
import dev.kitchenhooks.plan.Phases;
import dev.kitchenhooks.plan.PlanRequest;
import dev.kitchenhooks.plan.Planner;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.plan.SkipFlags;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import dev.kitchenhooks.secret.SecretReader;
import dev.kitchenhooks.secret.Secrets;
import dev.kitchenhooks.vendor.Vendoring;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that is read and checked before anything runs.
 *
 * @param kitchen the kitchen
 * @param loaded its hook definitions
 * @param planRequest what the plan is made from
 * @param plan what would run
 */
record Preparation(Kitchen kitchen, Loaded loaded, PlanRequest planRequest, RunPlan plan) {

  static Preparation prepare(Shell shell, RunRequest request) {
    return prepare(shell, shell.openKitchen(), request);
  }

  /**
   * Reads, selects, checks, plans.
   *
   * @throws FixException with everything that is wrong in what the run needs
   */
  static Preparation prepare(Shell shell, Kitchen kitchen, RunRequest request) {
    var problems = new Problems();
    Loaded loaded = hooks(kitchen, request.options(), problems);
    Selection selection;
    try {
      selection =
          kitchen.select(
              request.orders(), request.options().environment(), request.options().includeGuests);
    } catch (FixException e) {
      // What is wrong with the hooks is said with it: one round of mending, not two.
      if (!problems.hasErrors() || e.problems().isEmpty()) {
        throw e;
      }
      problems.addAll(e.problems());
      throw FixException.invalid("the kitchen is not valid; nothing has run", problems.errors());
    }
    problems.throwIfErrors("the hook definitions are not valid; nothing has run");
    if (request.work() instanceof Work.NodePlugin(String name)) {
      var found = new Problems();
      found.addAll(
          HookTrust.checkProgram(kitchen.directory(), "plugins", kitchen.pluginProgram(name)));
      found.throwIfErrors("the plugin cannot be run; nothing has run");
      problems.addAll(found.warnings());
    }
    shell.warn(problems.warnings());
    shell.warn(selection.warnings());
    RunOptions options = request.options();
    Set<String> phases = kitchen.config().hooks().phases();
    if (!(request.work() instanceof Work.Applications)) {
      Phases.require(request.phase(), phases);
    }
    options.requireAtomicPossible(request.work());
    if (options.batch != null && request.work() instanceof Work.CommandOnce) {
      throw FixException.invalid(
          "--batch means nothing for a command that is run once for all nodes",
          "with {node} in it, the command is run once for each");
    }
    List<NodeFacts> nodes =
        options.order(line -> shell.around().err().println(line)).of(chosen(request, selection));
    AppSelection apps = AppSelection.of(kitchen, request.work(), nodes);
    nodes = apps.nodes();
    int live = (int) nodes.stream().filter(node -> !node.dummy()).count();
    var planRequest =
        new PlanRequest(
            request.text(),
            request.phase(),
            request.work(),
            options.limits(live),
            nodes,
            apps.byNode(),
            loaded.hooks(),
            SkipFlags.parse(options.noHooks, options.skipHooks, loaded.hooks(), phases));
    return new Preparation(kitchen, loaded, planRequest, Planner.plan(planRequest));
  }

  private static List<NodeFacts> chosen(RunRequest request, Selection selection) {
    return switch (request.work()) {
      // The limit has been asked already, of all nodes of the run. A host's guests are no part of
      // it.
      case Work.Rollback back ->
          selection.nodes().stream()
              .filter(node -> back.revisions().containsKey(node.fqdn()))
              .toList();
      case Work.Converge _,
          Work.RemoteShell _,
          Work.NodePlugin _,
          Work.InstallChef _,
          Work.Applications _,
          Work.CommandPerNode _,
          Work.CommandOnce _ ->
          request.options().limit().of(selection.nodes());
    };
  }

  /**
   * Reads the secrets of hooks that may run, and of no other; the kitchen's own passwords are
   * masked with them, for what runs on a node may print its environment.
   *
   * @throws FixException with everything that is wrong with any of them
   */
  Secrets secrets(Shell shell, List<HookDefinition> hooks) {
    try {
      return SecretReader.read(kitchen.directory(), loaded, hooks, shell.around().environment())
          .masking(kitchen.config().passwords());
    } catch (FixException e) {
      throw withCookbooks(e);
    }
  }

  /** What is found out only later, said at once: one round of mending, not two. */
  private FixException withCookbooks(FixException secrets) {
    Optional<Problem> missing =
        plan.work() instanceof Work.Converge ? Vendoring.problem(kitchen) : Optional.empty();
    if (missing.isEmpty()) {
      return secrets;
    }
    var both = new Problems();
    both.addAll(secrets.problems());
    both.add(missing.get());
    return FixException.invalid(
        "secrets of hooks cannot be read, nor cookbooks be vendored; nothing has run",
        both.errors());
  }

  private static Loaded hooks(Kitchen kitchen, RunOptions options, Problems problems) {
    Loaded loaded = HookDefinitions.load(kitchen.directory(), kitchen.config().hooks());
    var found = new Problems();
    found.addAll(loaded.problems());
    found.addAll(HookTrust.check(kitchen.directory(), loaded));
    for (Problem problem : found.sorted()) {
      // --no-hooks is the way out when a definition is broken and a deploy cannot wait.
      problems.add(options.noHooks ? problem.asWarning() : problem);
    }
    return loaded;
  }
}
