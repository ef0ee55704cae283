package dev.kitchenhooks.cli;

import static java.util.stream.Collectors.joining;

import dev.kitchenhooks.docs.GeneratedPart;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The reference of commands is what {@code --help} says. */
class CommandReferenceTest {

  @Test
  void commands() throws IOException {
    var shell = new Shell(Surroundings.ofThisProcess(), new GlobalOptions(), Optional.empty());
    CommandLine root = FixCli.commandLine(shell, List.of("--help"));
    GeneratedPart.ofReference("commands")
        .check(all(root).map(c -> section(c)).collect(joining("\n")));
  }

  private static Stream<CommandSpec> all(CommandLine line) {
    return Stream.concat(
        Stream.of(line.getCommandSpec()),
        line.getSubcommands().values().stream()
            .filter(sub -> !sub.getCommandSpec().usageMessage().hidden())
            .flatMap(CommandReferenceTest::all));
  }

  private static String section(CommandSpec command) {
    var text = new StringBuilder("### `%s`\n\n".formatted(command.qualifiedName()));
    text.append(String.join("\n", command.usageMessage().header())).append('\n');
    List<String> rows = rows(command);
    if (!rows.isEmpty()) {
      text.append("\n| option | |\n|---|---|\n").append(String.join("\n", rows)).append('\n');
    }
    return text.toString();
  }

  /** What is inherited stands at the first command only; so does help. */
  private static List<String> rows(CommandSpec command) {
    boolean root = command.parent() == null;
    return Stream.concat(
            command.positionalParameters().stream()
                .filter(p -> !p.hidden())
                .map(p -> row(p.paramLabel(), p)),
            command.options().stream()
                .filter(o -> root || (!o.inherited() && !o.usageHelp()))
                .map(o -> row(names(o), o)))
        .toList();
  }

  private static String names(OptionSpec option) {
    return Stream.of(option.names())
            .sorted(Comparator.comparingInt(String::length))
            .collect(joining(", "))
        + (option.arity().max() == 0 ? "" : " " + option.paramLabel().replace("%%", "%"));
  }

  private static String row(String names, ArgSpec arg) {
    String text =
        String.join(" ", arg.description()).replace("${DEFAULT-VALUE}", arg.defaultValueString());
    return "| `%s` | %s |".formatted(names.replace("|", "\\|"), text);
  }
}
