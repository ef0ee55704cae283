package dev.kitchenhooks.demo;

import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.remote.ShellWords;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code fix demo}: the shipped kitchen on embedded SSH nodes, in three runs. Everything but {@code
 * chef-solo} and {@code sudo} on the nodes is what a real run uses.
 */
public final class Demo {
  private static final String SICK_BEFORE = "web2.example.com";
  private static final String SICK_AFTER = "web1.example.com";

  private final FixCommand fix;
  private final PrintStream out;

  /**
   * @param fix runs the commands that are shown
   * @param out for what is told between them
   */
  public Demo(FixCommand fix, PrintStream out) {
    this.fix = fix;
    this.out = out;
  }

  /**
   * Plays it.
   *
   * @return 0 if each run ended as it was told it would; else the exit code of the one that did not
   * @throws IOException if the temporary directory cannot be used
   */
  public int run() throws IOException {
    DemoStage stage = DemoStage.open();
    int code;
    try (stage) {
      introduce(stage);
      code = play(stage);
    }
    if (code == ExitCode.OK.code()) {
      sayWhatNext(stage);
    }
    return code;
  }

  private void introduce(DemoStage stage) throws IOException {
    List<String> nodes = ShippedKitchen.nodes(stage.kitchen());
    out.printf(
        """
        This is fix on %d nodes: %s.
        They are SSH servers inside this process, on the loopback interface. Their chef-solo is a
        stand-in that configures nothing and says so; the kitchen, SSH, the upload and the hooks are real.
        The hooks act on files in a temporary directory, in place of a load balancer and the like.
        """,
        nodes.size(), String.join(", ", nodes));
  }

  private int play(DemoStage stage) throws IOException {
    title("1. Everything goes well");
    out.println(
        "A downtime is scheduled; each web node is drained, deployed, checked and returned; the team is told.");
    int code = fix(stage, ExitCode.OK, "--yes", "node:all");
    if (code != 0) {
      return code;
    }

    title("2. A node is skipped");
    out.printf(
        "%s does not pass its health check before the deploy: its pre hook fails.%n", SICK_BEFORE);
    out.println(
        "That node is left alone, the others go on, and the exit code says that one was skipped.");
    stage.makeSick("before", SICK_BEFORE);
    code = fix(stage, ExitCode.NODES_SKIPPED, "nodes_with_role:web");
    if (code != 0) {
      return code;
    }

    title("3. The run is aborted");
    stage.heal();
    stage.makeSick("after", SICK_AFTER);
    out.printf(
        "%s is not well after its deploy: its post hook fails, and no further node starts.%n",
        SICK_AFTER);
    out.println(
        "What says \"run_condition\": \"always\" runs all the same: the node is returned, the team is told.");
    return fix(stage, ExitCode.ABORTED, "nodes_with_role:web");
  }

  private void title(String text) {
    out.printf("%n== %s ==%n", text);
  }

  /** Shows a command, runs it, and holds it to the exit code that it must have. */
  private int fix(DemoStage stage, ExitCode expected, String... orders) {
    List<String> args = new ArrayList<>(List.of("--kitchen", stage.kitchen().toString()));
    args.addAll(List.of(orders));
    out.printf("%n$ fix %s%n", ShellWords.join(args));
    out.flush();
    int code = fix.run(args, Map.of("DEMO_STATE", stage.state().toString()));
    out.printf("exit code: %d%n", code);
    if (code == expected.code()) {
      return ExitCode.OK.code();
    }
    out.printf("(it should have been %d; the demo ends here)%n", expected.code());
    return code == ExitCode.OK.code() ? ExitCode.BUG.code() : code;
  }

  private void sayWhatNext(DemoStage stage) {
    String kitchen = "fix --kitchen " + ShellWords.quote(stage.kitchen().toString());
    out.printf(
        """

        == What to type next ==
        The nodes are gone; the kitchen stays, with the history of the three runs:
          %1$s status
          %1$s history
          %1$s plan node:all
          %1$s hooks explain node:all --hook lb-drain
        Its hooks are scripts to read and change: %2$s/hooks
        For your own kitchen: docs/operators.md, docs/hooks.md. To remove this one: rm -r %3$s
        """,
        kitchen, stage.kitchen(), ShellWords.quote(String.valueOf(stage.kitchen().getParent())));
  }
}
