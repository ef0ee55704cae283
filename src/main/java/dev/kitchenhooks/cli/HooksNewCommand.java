package dev.kitchenhooks.cli;

import dev.kitchenhooks.history.PlainText;
import dev.kitchenhooks.hook.HookDefinitions;
import dev.kitchenhooks.hook.HookType;
import dev.kitchenhooks.hook.Loaded;
import dev.kitchenhooks.hook.Scope;
import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Nearest;
import dev.kitchenhooks.remote.ShellWords;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code fix hooks new}. */
final class HooksNewCommand implements Callable<Integer> {
  private final Shell shell;
  private @Nullable String name;
  private List<String> types = new ArrayList<>();
  private @Nullable String exec;
  private HookSkeleton.@Nullable Language language;
  private @Nullable String description;
  private Map<String, String> filters = new LinkedHashMap<>();
  private List<String> tags = new ArrayList<>();
  private @Nullable Integer weight;
  private @Nullable String timeout;
  private @Nullable String runCondition;
  private boolean notRequired;
  private @Nullable String where;

  HooksNewCommand(Shell shell) {
    this.shell = shell;
  }

  CommandSpec spec() {
    return Syntax.of(this, "new", "Writes a definition and a program to start from.")
        .description(
            "",
            "Asks for what is not given, where somebody can answer. Nothing is ever overwritten.")
        .help()
        .text("--name NAME", "What the hook is called.", v -> name = v)
        .lists("--type TYPE", "When it runs; may be given again.", v -> types = v)
        .text(
            "--exec PROGRAM",
            "The program, below hooks/ or absolute; one that exists is taken as it is. Default: the name.",
            v -> exec = v)
        .choice(
            "--language LANGUAGE",
            "What the program is written in: sh, bash, python or ruby. Default: sh.",
            HookSkeleton.Language.values(),
            v -> language = v)
        .text("--description TEXT", "What the hook is for.", v -> description = v)
        .pairs(
            "--filter KEY=VALUE[,VALUE]",
            "For which nodes, as in roles=web; may be given again.",
            v -> filters = v)
        .lists("--tag TAG", "A word for --skip-hooks tag:TAG; may be given again.", v -> tags = v)
        .number("--weight N", "Lower runs first. Default: 0.", v -> weight = v)
        .text("--timeout DURATION", "How long it may take.", v -> timeout = v)
        .text(
            "--run-condition WORD", "Of a post hook: pass, fail or always.", v -> runCondition = v)
        .flag("--not-required", "Its failure changes nothing.", v -> notRequired = v)
        .text("--where PLACE", "controller, or node: the program runs on the node.", v -> where = v)
        .spec();
  }

  @Override
  public Integer call() {
    shell.noWrapped("hooks new");
    Kitchen kitchen = shell.openKitchenForRun();
    Loaded loaded = HookDefinitions.load(kitchen.directory(), kitchen.config().hooks());
    ask(kitchen, loaded);
    var hook = new NewHook(kitchen, loaded, given());
    Optional<HookSkeleton.Language> skeleton = hook.write(language());
    PrintStream out = shell.around().out();
    shell.warn(hook.warnings());
    out.println("wrote " + hook.definitionFile());
    out.println(
        skeleton.isPresent()
            ? "wrote " + hook.programFile() + ": put there what it is to do"
            : hook.programFile() + " was there already, and is as it was");
    out.println();
    String fix = shell.fixCommand() + " ";
    String quoted = ShellWords.quote(hook.name());
    out.println("Next: " + fix + "hooks test " + quoted);
    out.println("      " + fix + "hooks lint");
    out.println("      " + fix + "hooks explain node:all --hook " + quoted);
    return 0;
  }

  private NewHook.Given given() {
    return new NewHook.Given(
        String.valueOf(name),
        types,
        Optional.ofNullable(exec),
        Optional.ofNullable(description),
        filters,
        tags,
        Optional.ofNullable(weight),
        Optional.ofNullable(timeout),
        Optional.ofNullable(runCondition),
        !notRequired,
        Optional.ofNullable(where));
  }

  private HookSkeleton.Language language() {
    return language == null ? HookSkeleton.Language.sh : language;
  }

  private void ask(Kitchen kitchen, Loaded loaded) {
    if (name != null && !types.isEmpty()) {
      return;
    }
    var prompt = new Prompt(shell.around());
    if (!prompt.canAsk()) {
      var missing = new ArrayList<String>();
      if (name == null) {
        missing.add("--name NAME");
      }
      if (types.isEmpty()) {
        missing.add("--type TYPE");
      }
      throw FixException.invalid(
          "a new hook needs more, and there is no terminal to ask at",
          "add " + String.join(" and ", missing));
    }
    while (name == null) {
      name = named(prompt.require("Name of the hook:", ""), kitchen, loaded);
    }
    if (description == null) {
      description = prompt.require("What is it for? (one line)", "");
    }
    if (types.isEmpty()) {
      List<String> known = NewHook.types(kitchen.config().hooks().phases());
      shell.around().err().println("Types: " + String.join(", ", known));
      while (types.isEmpty()) {
        types = known(prompt.require("When does it run?", known.getFirst()), known);
      }
    }
    boolean ofNodes =
        types.stream()
            .flatMap(t -> HookType.parse(t).stream())
            .anyMatch(t -> t.scope() != Scope.USER);
    if (filters.isEmpty() && ofNodes) {
      String roles = prompt.require("Only for nodes with these roles (empty: for all):", "");
      if (!roles.isEmpty()) {
        filters = Map.of("roles", roles);
      }
    }
    if (language == null && exec == null) {
      while (language == null) {
        String word = prompt.require("Written in sh, bash, python or ruby?", "sh");
        language = HookSkeleton.Language.of(word).orElse(null);
      }
    }
  }

  /** An answer that can be a name; null, once it was said why, where it cannot. */
  private @Nullable String named(String answer, Kitchen kitchen, Loaded loaded) {
    if (answer.isEmpty()) {
      return null;
    }
    try {
      // Of all that a definition says, the name alone decides here.
      var _ =
          new NewHook(
              kitchen,
              loaded,
              new NewHook.Given(
                  answer,
                  List.of(HookType.USER.id()),
                  Optional.ofNullable(exec),
                  Optional.empty(),
                  Map.of(),
                  List.of(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  true,
                  Optional.empty()));
      return answer;
    } catch (FixException e) {
      e.problems().forEach(p -> again(p.message(), p.hint()));
      if (e.problems().isEmpty()) {
        again(e.message(), e.hint());
      }
      return null;
    }
  }

  /** An answer that names types; none, once it was said why, where it does not. */
  private List<String> known(String answer, List<String> known) {
    List<String> words = List.of(answer.split("[,\\s]+", -1));
    for (String word : words) {
      if (!known.contains(word)) {
        again(
            "%s is no type of this kitchen".formatted(JsonText.quoted(word)),
            Nearest.hint(word, known));
        return List.of();
      }
    }
    return words;
  }

  private void again(String message, @Nullable String hint) {
    shell
        .around()
        .err()
        .println(PlainText.of(hint == null ? message : "%s (%s)".formatted(message, hint)));
  }
}
