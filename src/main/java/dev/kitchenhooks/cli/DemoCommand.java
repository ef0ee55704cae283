package dev.kitchenhooks.cli;

import dev.kitchenhooks.demo.Demo;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code fix demo}. */
final class DemoCommand implements Callable<Integer> {
  private final Shell shell;

  DemoCommand(Shell shell) {
    this.shell = shell;
  }

  CommandSpec spec() {
    return Syntax.of(
            this, "demo", "Shows three runs on three embedded SSH nodes; touches nothing of yours.")
        .sorted()
        .help()
        .spec();
  }

  @Override
  public Integer call() throws IOException {
    shell.noWrapped("demo");
    return new Demo(this::fix, shell.around().out()).run();
  }

  /** Each run of the demo is one of the command line, in this process. */
  private int fix(List<String> args, Map<String, String> variables) {
    Surroundings around = shell.around();
    Map<String, String> environment = new HashMap<>(around.environment());
    environment.putAll(variables);
    return FixCli.run(
        args,
        new Surroundings(
            around.out(),
            around.err(),
            around.in(),
            environment,
            around.directory(),
            around.inIsTerminal(),
            around.outIsTerminal(),
            around.errIsTerminal(),
            around.handlesSignals()));
  }
}
