package dev.kitchenhooks.cli;

import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.store.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code fix hub page}. */
final class HubPageCommand implements Callable<Integer> {
  private final Shell shell;
  private @Nullable Path file;

  HubPageCommand(Shell shell) {
    this.shell = shell;
  }

  CommandSpec spec() {
    return Syntax.of(this, "page", "Writes the hub's page as one file that needs nothing else.")
        .help()
        .path("--file FILE", "Where to, replaced as a whole. Default: stdout.", v -> file = v)
        .spec();
  }

  @Override
  public Integer call() {
    shell.noWrapped("hub page");
    String page = HubCommand.hub(shell).page();
    if (file == null) {
      shell.around().out().print(page);
      return 0;
    }
    Path target = shell.around().directory().resolve(file);
    try {
      AtomicFile.write(target, page, "rw-r--r--");
    } catch (IOException e) {
      throw FixException.invalid(
              "%s cannot be written: %s".formatted(file, e.getMessage()),
              "its directory must be there, and yours to write to")
          .causedBy(e);
    }
    shell.around().err().println("written: " + file);
    return 0;
  }
}
