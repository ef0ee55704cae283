package dev.kitchenhooks.cli;

import dev.kitchenhooks.chef.Access;
import dev.kitchenhooks.chef.ChefDeployer;
import dev.kitchenhooks.chef.KitchenSource;
import dev.kitchenhooks.chef.LockedNodes;
import dev.kitchenhooks.chef.RemoteShell;
import dev.kitchenhooks.chef.RevisionChoice;
import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.HookedCommand;
import dev.kitchenhooks.hook.Verdict;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.process.LocalProcesses;
import dev.kitchenhooks.run.Deployer;
import dev.kitchenhooks.run.LockWait;
import dev.kitchenhooks.run.ProcessRunner;
import dev.kitchenhooks.run.RunFacts;
import dev.kitchenhooks.run.WholeRunCommand;
import dev.kitchenhooks.wrap.LocalCommands;
import dev.kitchenhooks.wrap.NodePlugins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Joins a plan with what carries it out: SSH and chef for a converge, local processes for a wrapped
 * command.
 *
 * @param deployer what is done to each node
 * @param command what is done once
 * @param processes what runs hooks
 * @param matches whether a hook's filters match a node
 * @param closing gives back what was opened
 */
record RunTools(
    Deployer deployer,
    Optional<WholeRunCommand> command,
    ProcessRunner processes,
    BiPredicate<HookDefinition, NodeFacts> matches,
    Closing closing)
    implements AutoCloseable {

  /** Gives back what was opened. */
  private interface Closing {
    void close() throws IOException;
  }

  @Override
  public void close() {
    try {
      closing.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Opens what the plan needs, and nothing else: a wrapped command loads no SSH.
   *
   * @param connections made ready for the plan
   */
  static RunTools open(
      Shell shell,
      Kitchen kitchen,
      Connections connections,
      RunPlan plan,
      RunFacts facts,
      LockWait wait) {
    ProcessRunner processes = new LocalProcesses()::run;
    var local = new LocalCommands(facts, plan, processes, shell.around().directory());
    return switch (plan.work()) {
      case Work.Converge work ->
          converge(
              kitchen,
              connections,
              facts,
              work,
              wait,
              _ -> RevisionChoice.AS_IT_IS_HERE,
              look(plan));
      case Work.Rollback back ->
          converge(
              kitchen,
              connections,
              facts,
              Work.Converge.of(back.manner()),
              wait,
              RunTools.earlier(back.revisions()),
              ChefDeployer.Look.WHEN_NEEDED);
      case Work.RemoteShell(String command) ->
          forNodes(
              connections.ahead(new RemoteShell(connections, command)),
              processes,
              HookedCommand.SSH);
      case Work.NodePlugin(String name) -> {
        Path program = kitchen.directory().resolve("plugins", kitchen.pluginProgram(name));
        yield forNodes(
            connections.whereHooksNeedThem(new NodePlugins(facts, kitchen, program, processes)),
            processes,
            HookedCommand.PLUGIN);
      }
      case Work.InstallChef _ ->
          forNodes(
              connections.ahead(
                  LockedNodes.thatGetChef(
                      KitchenSource.of(kitchen), access(kitchen, connections, facts, wait))),
              processes,
              HookedCommand.DEPLOY_CHEF);
      case Work.Applications _ ->
          forNodes(
              connections.ahead(
                  LockedNodes.forApplications(
                      KitchenSource.of(kitchen), access(kitchen, connections, facts, wait))),
              processes,
              HookedCommand.APP);
      case Work.CommandPerNode work ->
          forNodes(
              connections.whereHooksNeedThem(local.perNode(work)), processes, HookedCommand.WRAP);
      case Work.CommandOnce work ->
          new RunTools(
              (node, _) -> {
                throw new IllegalStateException("no node is deployed: " + node.fqdn());
              },
              Optional.of(local.once(work)),
              processes,
              matches(HookedCommand.WRAP),
              () -> {});
    };
  }

  /** For work that is done to each node, and leaves nothing to close. */
  private static RunTools forNodes(
      Deployer deployer, ProcessRunner processes, HookedCommand command) {
    return new RunTools(deployer, Optional.empty(), processes, matches(command), () -> {});
  }

  private static RunTools converge(
      Kitchen kitchen,
      Connections connections,
      RunFacts facts,
      Work.Converge work,
      LockWait wait,
      Function<String, RevisionChoice> choices,
      ChefDeployer.Look look) {
    var deployer =
        new ChefDeployer(
            KitchenSource.of(kitchen),
            access(kitchen, connections, facts, wait),
            work,
            choices,
            new ChefDeployer.Places(facts.directory(), kitchen.state().sync()),
            look);
    return new RunTools(
        connections.ahead(deployer),
        Optional.empty(),
        new LocalProcesses()::run,
        matches(HookedCommand.FIX),
        deployer::close);
  }

  private static ChefDeployer.Look look(RunPlan plan) {
    boolean hooksFirst =
        !plan.globalPre().isEmpty()
            || plan.nodes().stream().anyMatch(node -> !node.pre().isEmpty());
    return hooksFirst ? ChefDeployer.Look.WHEN_NEEDED : ChefDeployer.Look.AT_ONCE;
  }

  private static Access access(
      Kitchen kitchen, Connections connections, RunFacts facts, LockWait wait) {
    String holder =
        "run %s of %s@%s".formatted(facts.runId(), facts.user(), HostName.ofThisMachine());
    return new Access(kitchen.config().ssh().password(), connections, holder, wait);
  }

  private static Function<String, RevisionChoice> earlier(Map<String, String> revisions) {
    return fqdn -> {
      String revision = revisions.get(fqdn);
      if (revision == null) {
        throw new IllegalStateException("no revision to go back to on " + fqdn);
      }
      return new RevisionChoice.Earlier(revision);
    };
  }

  static BiPredicate<HookDefinition, NodeFacts> matches(HookedCommand command) {
    return (hook, node) ->
        hook.types().stream()
            .map(type -> new PlannedHook(hook, type).commandFor(command))
            .anyMatch(word -> hook.filters().judge(node, word) instanceof Verdict.Runs);
  }
}
