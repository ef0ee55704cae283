package dev.kitchenhooks.cli;

import dev.kitchenhooks.history.RunHistory;
import dev.kitchenhooks.hook.HookDefinitions;
import dev.kitchenhooks.hook.HookSchema;
import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.kitchen.KitchenFinder;
import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.ssh.SshConnector;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The command line: words in, exit code out. */
public final class FixCli {
  private static final Set<List<String>> VERSION = Set.of(List.of("--version"), List.of("-v"));

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
      if (VERSION.contains(words.words())) {
        around.out().println(Version.text());
        return ExitCode.OK.code();
      }
      if (words.words().stream().anyMatch(FixCli::needsHooks)) {
        Thread.ofPlatform()
            .daemon()
            .name("schema")
            .start(() -> prepareHooks(words.words(), around.directory()));
      }
      return commandLine(shell, words.words()).execute(words.words().toArray(String[]::new));
    } catch (Error e) {
      // picocli hands on exceptions only; an error that is none of them must not end with code 1.
      return ErrorText.show(e, shell);
    } finally {
      around.out().flush();
      around.err().flush();
    }
  }

  /**
   * The commands, put together by hand: nothing is looked for at start-up. Where the words name a
   * command, only that one is made, and where one is an order, none. Help tells of all of them.
   */
  static CommandLine commandLine(Shell shell, List<String> words) {
    Map<String, Supplier<CommandSpec>> hooks = new LinkedHashMap<>();
    hooks.put("list", () -> new HooksListCommand(shell).spec());
    hooks.put("lint", () -> new HooksLintCommand(shell).spec());
    hooks.put("explain", () -> new HooksExplainCommand(shell).spec());
    hooks.put("dump", () -> new HooksDumpCommand(shell).spec());
    hooks.put("import", () -> new HooksImportCommand(shell).spec());
    hooks.put("new", () -> new HooksNewCommand(shell).spec());
    hooks.put("run", () -> new HooksRunCommand(shell).spec());
    hooks.put("test", () -> new HooksTestCommand(shell).spec());
    hooks.put("update", () -> new HooksUpdateCommand(shell).spec());
    hooks.put("schema", () -> new HooksSchemaCommand(shell).spec());

    Map<String, Supplier<CommandSpec>> hub = new LinkedHashMap<>();
    hub.put("page", () -> new HubPageCommand(shell).spec());
    hub.put("serve", () -> new HubServeCommand(shell).spec());
    Map<String, Supplier<CommandSpec>> apps = new LinkedHashMap<>();
    apps.put("deploy", () -> AppRunCommand.deploy(shell).spec());
    apps.put("undeploy", () -> AppRunCommand.undeploy(shell).spec());
    apps.put("list", () -> AppListCommand.list(shell).spec());
    apps.put("status", () -> AppListCommand.status(shell).spec());

    Map<String, Supplier<CommandSpec>> all = new LinkedHashMap<>();
    all.put("wrap", () -> new WrapCommand(shell).spec());
    all.put("rollback", () -> new RollbackCommand(shell).spec());
    all.put("plan", () -> new PlanCommand(shell).spec());
    all.put("hooks", () -> with(new HooksCommand().spec(), hooks, words));
    all.put("rerun", () -> new RerunCommand(shell).spec());
    all.put("app", () -> with(new AppCommand().spec(), apps, words));
    all.put("status", () -> new StatusCommand(shell).spec());
    all.put("history", () -> new HistoryCommand(shell).spec());
    all.put("hub", () -> with(new HubCommand().spec(), hub, words));
    all.put("demo", () -> new DemoCommand(shell).spec());
    all.put("app-hook", () -> new AppHookCommand(shell).spec());

    boolean ordersOnly =
        !wantsHelp(words)
            && words.stream().noneMatch(all::containsKey)
            && words.stream().anyMatch(FixCli::isOrder);
    if (ordersOnly && words.stream().noneMatch(InventoryOrder::isOne)) {
      // While this thread reads words and plans, which takes about as long.
      Thread.ofPlatform().daemon().name("warm-up").start(FixCli::warmUp);
    }
    CommandSpec root = new RootCommand(shell, Set.copyOf(all.keySet())).spec();
    var line = new CommandLine(with(root, ordersOnly ? Map.of() : all, words));
    line.setExecutionStrategy(parsed -> {
      MisplacedOptions.refuse(parsed);
      return new CommandLine.RunLast().execute(parsed);
    });
    line.setExecutionExceptionHandler((e, _, _) -> ErrorText.show(e, shell));
    line.setParameterExceptionHandler((e, _) -> ErrorText.showUsage(e, shell));
    line.setOut(new PrintWriter(shell.around().out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(shell.around().err(), true, StandardCharsets.UTF_8));
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            shell.terminal().colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    return line;
  }

  /**
   * Runs the words of an earlier run once more.
   *
   * @param words may give an option again, which then counts
   */
  static int repeat(Shell shell, List<String> words) {
    return commandLine(shell, words)
        .setOverwrittenOptionsAllowed(true)
        .execute(words.toArray(String[]::new));
  }

  /** A guess: where it finds no definitions, what needs the schema all the same loads it then. */
  private static void prepareHooks(List<String> words, Path directory) {
    int named = words.indexOf("--kitchen") + 1;
    try {
      Optional<Path> kitchen =
          named > 0 && named < words.size()
              ? Optional.of(Path.of(words.get(named)))
              : Optional.empty();
      if (HookDefinitions.mayExist(KitchenFinder.find(kitchen, directory))) {
        HookSchema.prepare();
      }
    } catch (FixException | InvalidPathException e) {
      // The command itself will say so.
      return;
    }
  }

  /** Whether a word is an order, or a command that reads hook definitions. */
  private static boolean needsHooks(String word) {
    return (isOrder(word) && !InventoryOrder.isOne(word))
        || word.equals("hooks")
        || word.equals("rerun")
        || word.equals("rollback");
  }

  /** In the order in which it is needed. */
  private static void warmUp() {
    JsonDocument.warmUp();
    SshConnector.warmUp();
    RunHistory.warmUp();
    Signals.warmUp();
  }

  private static boolean wantsHelp(List<String> words) {
    return words.contains("--help") || words.contains("-h");
  }

  private static boolean isOrder(String word) {
    return word.indexOf(':') > 0 && !word.startsWith("-");
  }

  private static CommandSpec with(
      CommandSpec parent, Map<String, Supplier<CommandSpec>> commands, List<String> words) {
    boolean named =
        !wantsHelp(words)
            && words.stream()
                .anyMatch(word -> commands.containsKey(word) || InventoryOrder.isOne(word));
    commands.forEach((name, command) -> {
      if (!named || words.contains(name)) {
        parent.addSubcommand(name, command.get());
      }
    });
    return parent;
  }
}
