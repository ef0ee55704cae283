package dev.kitchenhooks.cli;

import dev.kitchenhooks.kitchen.Orders;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.process.LocalCommand;
import dev.kitchenhooks.process.LocalProcesses;
import dev.kitchenhooks.wrap.Placeholders;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code fix wrap ORDERS -- COMMAND}: wraps any command in the kitchen's hooks. */
final class WrapCommand implements Callable<Integer> {
  private final Shell shell;

  private final OrderWords words = new OrderWords();
  private final RunOptions options = new RunOptions();
  private final WaitOption wait = new WaitOption();
  private boolean yes;
  private boolean dryRun;

  WrapCommand(Shell shell) {
    this.shell = shell;
  }

  CommandSpec spec() {
    return Syntax.of(
            this, "wrap", "Wraps any command in the kitchen's hooks, once a node or once a run.")
        .synopsis(
            "fix wrap [OPTIONS] ORDERS -- COMMAND... {node} ...   once for each node",
            "       fix wrap [OPTIONS] ORDERS -- COMMAND...              once; {nodes} stands for all nodes")
        .description(
            "",
            "With {node} in it, COMMAND is the deploy of each node, and all hooks run. Without, it is run once, and",
            "only global hooks run. It is started as it is, not through a shell; nothing is sent to the nodes.",
            "",
            "  fix wrap node:web1.example.com -- knife ssh name:{node} 'sudo chef-client'",
            "  fix wrap --phase promote node:all -- ./promote.sh {nodes}")
        .with(words::addTo)
        .with(options::addTo)
        .with(wait::addTo)
        .help()
        .flag("-y, --yes", "Do not ask before node:all.", v -> yes = v)
        .flag("--dry-run", "Show the plan; start nothing.", v -> dryRun = v)
        .spec();
  }

  @Override
  public Integer call() {
    List<String> command = shell.wrapped().orElse(List.of());
    if (command.isEmpty() || command.getFirst().isBlank()) {
      throw FixException.invalid(
          "fix wrap needs a command after --",
          "for example: fix wrap node:all -- ./deploy.sh {node}");
    }
    refuseWhatCannotStart(command);
    Work work =
        Placeholders.isPerNode(command)
            ? new Work.CommandPerNode(command)
            : new Work.CommandOnce(command);
    Orders orders = Orders.parse(words.orders);
    orders
        .act()
        .ifPresent(_ -> {
          throw FixException.invalid(
              "fix wrap does what stands after --, and nothing else to the nodes",
              "leave out recipe:, role:, ssh:, plugin: and deploy_chef");
        });
    var request = new RunRequest(orders, words.phase, work, options);
    return dryRun
        ? new PlanShow(shell).show(Preparation.prepare(shell, request))
        : new RunStart(shell).start(request, yes, wait);
  }

  /** So that no node is drained for a program that is not there. */
  private void refuseWhatCannotStart(List<String> command) {
    if (command.getFirst().contains("{")) {
      return;
    }
    var start =
        new LocalCommand(
            command,
            shell.around().environment(),
            shell.around().directory(),
            Optional.empty(),
            Duration.ZERO);
    LocalProcesses.refusal(start)
        .ifPresent(why -> {
          throw FixException.invalid(
              "the command cannot be started: " + why, "nothing has run; name a program");
        });
  }
}
