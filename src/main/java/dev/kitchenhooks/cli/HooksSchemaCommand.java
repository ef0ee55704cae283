package dev.kitchenhooks.cli;

import dev.kitchenhooks.hook.HookSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code fix hooks schema}. */
final class HooksSchemaCommand implements Callable<Integer> {
  private final Shell shell;

  HooksSchemaCommand(Shell shell) {
    this.shell = shell;
  }

  CommandSpec spec() {
    return Syntax.of(this, "schema", "Prints the JSON Schema of a definition, for editors.")
        .description(
            "",
            "  fix hooks schema > hook-defs.schema.json",
            "",
            "A definition that says \"$schema\": \"../hook-defs.schema.json\" is then completed and",
            "explained while it is written.")
        .sorted()
        .help()
        .spec();
  }

  @Override
  public Integer call() {
    shell.noWrapped("hooks schema");
    shell.around().out().print(HookSchema.text());
    return 0;
  }
}
