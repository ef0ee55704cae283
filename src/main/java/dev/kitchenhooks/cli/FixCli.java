package dev.kitchenhooks.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;

/** The command line: words in, exit code out. */
public final class FixCli {
  private FixCli() {}

  /** Runs one command with this process around it, and returns its exit code. */
  public static int run(String[] args) {
    return run(List.of(args), Surroundings.ofThisProcess());
  }

  /** Runs one command. Never throws: every error has been said, and has become an exit code. */
  public static int run(List<String> args, Surroundings around) {
    var words = CommandWords.split(args);
    var shell = new Shell(around, new GlobalOptions(), words.wrapped());
    try {
      return commandLine(shell).execute(words.words().toArray(String[]::new));
    } catch (Error e) {
      // picocli hands on exceptions only; an error that is none of them must not end with code 1.
      return ErrorText.show(e, shell);
    } finally {
      around.out().flush();
      around.err().flush();
    }
  }

  /** All commands, put together by hand: nothing is looked for at start-up. */
  static CommandLine commandLine(Shell shell) {
    var hooks =
        new CommandLine(new HooksCommand())
            .addSubcommand(new HooksListCommand(shell))
            .addSubcommand(new HooksLintCommand(shell))
            .addSubcommand(new HooksExplainCommand(shell))
            .addSubcommand(new HooksRunCommand(shell));
    var line =
        new CommandLine(new RootCommand(shell))
            .addSubcommand(new WrapCommand(shell))
            .addSubcommand(new PlanCommand(shell))
            .addSubcommand(hooks)
            .addSubcommand(new StatusCommand(shell))
            .addSubcommand(new HistoryCommand(shell))
            .addSubcommand(new DemoCommand(shell));
    line.setExecutionExceptionHandler((e, _, _) -> ErrorText.show(e, shell));
    line.setParameterExceptionHandler((e, _) -> ErrorText.showUsage(e, shell));
    line.setOut(new PrintWriter(shell.around().out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(shell.around().err(), true, StandardCharsets.UTF_8));
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            shell.terminal().colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    return line;
  }
}
