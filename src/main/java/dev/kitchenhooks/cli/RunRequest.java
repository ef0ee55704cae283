package dev.kitchenhooks.cli;

import dev.kitchenhooks.history.Rollback;
import dev.kitchenhooks.hook.HookType;
import dev.kitchenhooks.kitchen.Act;
import dev.kitchenhooks.kitchen.NamePattern;
import dev.kitchenhooks.kitchen.Order;
import dev.kitchenhooks.kitchen.Orders;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.remote.ShellWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the operator asks for.
 *
 * @param orders which nodes
 * @param phase which hooks
 * @param work what is done
 * @param options how
 */
record RunRequest(Orders orders, String phase, Work work, RunOptions options) {

  /**
   * What {@code fix ORDERS} comes to.
   *
   * @param manner of a converge, if it is one
   * @throws FixException if the words are no orders, or the options do not go with them
   */
  static RunRequest of(List<String> words, String phase, Work.Manner manner, RunOptions options) {
    Orders orders = Orders.parse(words);
    Work work =
        orders.act().map(act -> work(act, manner)).orElseGet(() -> Work.Converge.of(manner));
    return new RunRequest(orders, phase, work, options);
  }

  /** The nodes that go back, in the order in which they do. */
  static RunRequest ofRollback(
      Rollback back, boolean forced, Work.Manner manner, RunOptions options) {
    return new RunRequest(
        Orders.parse(List.of("node:" + String.join(",", back.revisions().keySet()))),
        HookType.ROLLBACK,
        new Work.Rollback(back.run(), back.revisions(), forced, manner),
        options);
  }

  private static Work work(Act act, Work.Manner manner) {
    return switch (act) {
      case Act.RunList(List<String> entries) -> new Work.Converge(entries, manner);
      case Act.Ssh(String command) -> noConverge("ssh", new Work.RemoteShell(command), manner);
      case Act.Plugin(String name) -> noConverge("plugin", new Work.NodePlugin(name), manner);
      case Act.DeployChef() -> noConverge("deploy_chef", new Work.InstallChef(), manner);
    };
  }

  /** Who asks that nothing be changed must not be taken for somebody who does not care. */
  private static Work noConverge(String kind, Work work, Work.Manner manner) {
    if (manner.whyRun()) {
      throw FixException.invalid(
          "%s knows no --why-run: it would change what it changes".formatted(kind),
          "--dry-run shows what would be done, and does nothing");
    }
    return work;
  }

  /**
   * What a person would type after {@code fix}, for the plan, the history and {@code FIX_COMMAND}.
   */
  String text() {
    return ShellWords.join(words());
  }

  /** The same as an argument vector. */
  List<String> words() {
    return work instanceof Work.Rollback back ? words(back, options) : ofOrders();
  }

  /** The same of a rollback, whose nodes are those of a run. */
  static List<String> words(Work.Rollback back, RunOptions options) {
    var words = new ArrayList<>(List.of("rollback", back.run()));
    if (back.forced()) {
      words.add("--force");
    }
    words.addAll(ConvergeOptions.asWords(back.manner()));
    words.addAll(options.asWords());
    return words;
  }

  private List<String> ofOrders() {
    var words = new ArrayList<String>();
    if (wrapped().isPresent()) {
      words.add("wrap");
    }
    if (work instanceof Work.Applications(String name, boolean undeploy)) {
      words.addAll(List.of("app", undeploy ? "undeploy" : "deploy", name));
    }
    options.environment().ifPresent(e -> words.addAll(List.of("--env", e)));
    if (!phase.equals(HookType.DEPLOY) && !(work instanceof Work.Applications)) {
      words.addAll(List.of("--phase", phase));
    }
    if (work instanceof Work.Converge(var _, Work.Manner manner)) {
      words.addAll(ConvergeOptions.asWords(manner));
    }
    words.addAll(options.asWords());
    words.addAll(work instanceof Work.Applications ? nodeOptions() : orders.words());
    wrapped()
        .ifPresent(command -> {
          words.add("--");
          words.addAll(command);
        });
    return List.copyOf(words);
  }

  /** {@code fix app} names its nodes by options. */
  private List<String> nodeOptions() {
    var words = new ArrayList<String>();
    for (Order order : orders.all()) {
      if (order instanceof Order.Named(NamePattern name)) {
        words.addAll(List.of("--node", name.text()));
      }
    }
    return words;
  }

  private Optional<List<String>> wrapped() {
    return switch (work) {
      case Work.Converge _,
          Work.Rollback _,
          Work.RemoteShell _,
          Work.NodePlugin _,
          Work.InstallChef _,
          Work.Applications _ ->
          Optional.empty();
      case Work.CommandPerNode(List<String> command) -> Optional.of(command);
      case Work.CommandOnce(List<String> command) -> Optional.of(command);
    };
  }
}
