package dev.kitchenhooks.cli;

import dev.kitchenhooks.hook.HookType;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code fix ORDERS}: configures nodes. */
final class RootCommand implements Callable<Integer> {
  private static final String[] FOOTER = {
    "",
    "Try it without a node of your own: fix demo",
    "Exit codes: 0 well, 1 a node failed, 2 something is invalid and nothing ran,",
    "3 a global pre hook refused, 4 a node post hook aborted, 5 nodes were skipped,",
    "6 another run holds a lock."
  };

  private final Shell shell;
  private final Set<String> commands;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  private final GlobalOptions globals;
  private final RunOptions options = new RunOptions();
  private boolean yes;
  private boolean dryRun;
  private final ConvergeOptions converge = new ConvergeOptions();
  private final WaitOption wait = new WaitOption();
  private boolean list;
  private List<String> orders = new ArrayList<>();

  /**
   * @param commands the names of all of them, also of those that are not made
   */
  RootCommand(Shell shell, Set<String> commands) {
    this.shell = shell;
    this.commands = commands;
    this.globals = shell.globals();
  }

  CommandSpec spec() {
    spec.usageMessage()
        .synopsisHeading("%nUsage: ")
        .descriptionHeading("%nOrders:%n")
        .commandListHeading("%nCommands:%n")
        .footer(FOOTER);
    return Syntax.of(
            spec,
            "fix",
            "Pushes a Chef-style kitchen to its nodes over SSH, wrapped in the kitchen's hooks.")
        .synopsis("fix [OPTIONS] ORDERS...", "       fix COMMAND ...")
        .description(
            "  node:a,b                 these nodes",
            "  node:all                 all nodes (asks first; --yes does not)",
            "  nodes_with_role:R        nodes with this role, nested roles included; web* too",
            "  nodes_with_recipe:R      nodes with this recipe",
            "  nodes_with_tag:T         nodes with this tag",
            "and what is done to them, where it is not the deploy of each:",
            "  recipe:R  role:R         a deploy with this run list, for this run only",
            "  ssh:\"COMMAND\"            a command for the login user's shell on each node",
            "  plugin:NAME              plugins/NAME on this machine, for each node's file",
            "  deploy_chef              installs Chef, as littlechef.cfg says how",
            "or by themselves:",
            "  list_nodes, list_roles   what the kitchen has; fix --list shows every order",
            "  new_kitchen              an empty kitchen in this directory")
        .with(globals::addTo)
        .with(options::addTo)
        .flag("-y, --yes", "Do not ask before node:all.", v -> yes = v)
        .dryRun(v -> dryRun = v)
        .with(converge::addTo)
        .with(wait::addTo)
        .help()
        .version()
        .flag("-l, --list", "List all orders.", v -> list = v)
        .otherArguments("ORDERS", 0, "", v -> orders = v)
        .spec();
  }

  @Override
  public Integer call() {
    if (list) {
      new OrderList(shell).show();
      return CommandLine.ExitCode.OK;
    }
    if (orders.isEmpty()) {
      spec.commandLine().usage(shell.around().err());
      return CommandLine.ExitCode.USAGE;
    }
    noMisspelledCommand(orders.getFirst());
    shell.noWrapped("ORDERS");
    if (orders.stream().anyMatch(InventoryOrder::isOne)) {
      return look();
    }
    RunRequest request = RunRequest.of(orders, HookType.DEPLOY, converge.manner(globals), options);
    return dryRun
        ? new PlanShow(shell).show(Preparation.prepare(shell, request))
        : new RunStart(shell).start(request, yes, wait);
  }

  private int look() {
    List<InventoryOrder.Given> all = InventoryOrder.parse(orders);
    for (InventoryOrder.Given given : all) {
      if (given.order() == InventoryOrder.NEW_KITCHEN) {
        new NewKitchen(shell).make();
      } else {
        new KitchenLists(shell, options).show(given);
      }
    }
    return CommandLine.ExitCode.OK;
  }

  /** A lone word that is no order was meant as a command, or as an order that lists. */
  private void noMisspelledCommand(String word) {
    if (word.contains(":") || InventoryOrder.isOne(word)) {
      return;
    }
    Set<String> known = new TreeSet<>(commands);
    known.addAll(InventoryOrder.words());
    Nearest.to(word, known)
        .ifPresent(near -> {
          throw FixException.invalid(
              "\"%s\" is not a command".formatted(word),
              "did you mean \"fix %s\"?".formatted(near));
        });
  }
}
