package dev.kitchenhooks.cli;

import dev.kitchenhooks.plan.Explained;
import dev.kitchenhooks.plan.Explainer;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code fix hooks explain ORDERS}. */
final class HooksExplainCommand implements Callable<Integer> {
  private final Shell shell;

  private final OrderWords words = new OrderWords();
  private final RunOptions options = new RunOptions();
  private final ConvergeOptions converge = new ConvergeOptions();
  private @Nullable String hook;

  HooksExplainCommand(Shell shell) {
    this.shell = shell;
  }

  CommandSpec spec() {
    return Syntax.of(
            this,
            "explain",
            "Says for each hook and node whether it runs, and which filter decided.")
        .with(words::addTo)
        .with(options::addTo)
        .with(converge::addTo)
        .help()
        .text("--hook NAME", "Only this hook.", v -> hook = v)
        .spec();
  }

  @Override
  public Integer call() {
    shell.noWrapped("hooks explain");
    RunRequest request =
        RunRequest.of(words.orders, words.phase, converge.manner(shell.globals()), options);
    Preparation prepared = Preparation.prepare(shell, request);
    PrintStream out = shell.around().out();
    Explainer.explain(prepared.planRequest(), Optional.ofNullable(hook))
        .forEach(e -> out.println(shell.globals().json() ? json(e) : e.text()));
    return 0;
  }

  private static String json(Explained explained) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("hook", explained.hook().name());
    node.put("type", explained.hook().type().id());
    explained.node().ifPresent(n -> node.put("node", n));
    node.put("runs", explained.decision().runs());
    node.put("reason", explained.decision().text());
    return node.toString();
  }
}
