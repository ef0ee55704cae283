package dev.kitchenhooks.cli;

import dev.kitchenhooks.hook.HookSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fix hooks schema}. */
@Command(
    name = "schema",
    header = "Prints the JSON Schema of a definition, for editors.",
    description = {
      "",
      "  fix hooks schema > hook-defs.schema.json",
      "",
      "A definition that says \"$schema\": \"../hook-defs.schema.json\" is then completed and",
      "explained while it is written."
    },
    optionListHeading = "%nOptions:%n")
final class HooksSchemaCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin final Help help = new Help();

  HooksSchemaCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    shell.noWrapped("hooks schema");
    shell.around().out().print(HookSchema.text());
    return 0;
  }
}
