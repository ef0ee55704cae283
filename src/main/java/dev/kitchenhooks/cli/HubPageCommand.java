package dev.kitchenhooks.cli;

import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.store.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fix hub page}. */
@Command(
    name = "page",
    sortOptions = false,
    header = "Writes the hub's page as one file that needs nothing else.",
    optionListHeading = "%nOptions:%n")
final class HubPageCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin final Help help = new Help();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Where to, replaced as a whole. Default: stdout.")
  @Nullable Path file;

  HubPageCommand(Shell shell) {
    this.shell = shell;
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
