package dev.kitchenhooks.wrap;

import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.LocalCommand;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.run.DeployResult;
import dev.kitchenhooks.run.Deployer;
import dev.kitchenhooks.run.ProcessRunner;
import dev.kitchenhooks.run.RunFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code plugin:NAME}: a program of the kitchen's {@code plugins/}, run on this machine for each
 * node, in the kitchen's directory and with the caller's environment. It reads the node on its
 * stdin; what it prints on stdout is the changed node, or output for people.
 *
 * @param program its path, absolute
 */
public record NodePlugins(RunFacts run, Kitchen kitchen, Path program, ProcessRunner processes)
    implements Deployer {
  private static final Duration KILL_AFTER = Duration.ofSeconds(30);

  /** A node is a few kilobytes; more than this is no node, and shall not be read into memory. */
  private static final long LONGEST = 4 << 20;

  /** A command line of which nothing is the operator's: stdout goes to a file of its own. */
  private static final String APART = "out=$1; shift; exec \"$@\" 2>&1 >\"$out\"";

  @Override
  public Target open(PlannedNode node, StopRequest stop) {
    return new NodeTarget(node.facts());
  }

  private final class NodeTarget implements Target {
    private final NodeFacts node;

    NodeTarget(NodeFacts node) {
      this.node = node;
    }

    @Override
    public DeployResult deploy(LineSink output, StopRequest stop) {
      return deploy(Collections.emptySortedMap(), output, stop);
    }

    @Override
    public DeployResult deploy(
        SortedMap<String, String> values, LineSink output, StopRequest stop) {
      Path directory = null;
      try {
        directory = Files.createTempDirectory(run.directory(), "plugin-");
        return execute(directory, values, output, stop);
      } catch (IOException e) {
        return new DeployResult(1, "the plugin cannot be given its node: " + e);
      } catch (FixException e) {
        return new DeployResult(1, e.message());
      } finally {
        remove(directory);
      }
    }

    private DeployResult execute(
        Path directory, SortedMap<String, String> values, LineSink output, StopRequest stop)
        throws IOException {
      var file = new NodeFile(kitchen, node);
      Path printed = directory.resolve("stdout");
      ProcessResult result =
          processes.run(command(directory, file.forPlugin(), printed, values), output, stop);
      if (result.exitCode() != 0) {
        tell(printed, output);
        return new DeployResult(result.exitCode(), result.detail());
      }
      if (Files.size(printed) > LONGEST) {
        return new DeployResult(1, "it printed more than %d MB".formatted(LONGEST >> 20));
      }
      String text = Files.readString(printed).strip();
      if (!text.startsWith("{")) {
        text.lines().forEach(output::line);
        return new DeployResult(0, "");
      }
      return file.replaceBy(text, output)
          .map(why -> new DeployResult(1, why))
          .orElse(new DeployResult(0, ""));
    }

    private LocalCommand command(
        Path directory, String input, Path printed, SortedMap<String, String> values)
        throws IOException {
      Path stdin = Files.writeString(directory.resolve("stdin"), input);
      Map<String, String> environment = LocalCommands.environment(run, values);
      environment.put("FIX_NODE", node.fqdn());
      var argv =
          List.of("/bin/sh", "-c", APART, "fix-plugin", printed.toString(), program.toString());
      return new LocalCommand(argv, environment, run.kitchen(), Optional.empty(), KILL_AFTER)
          .reading(stdin);
    }

    /** What it had to say before it failed. */
    private static void tell(Path printed, LineSink output) throws IOException {
      if (Files.exists(printed) && Files.size(printed) <= LONGEST) {
        Files.readString(printed).lines().forEach(output::line);
      }
    }

    @Override
    public void close() {
      // Nothing was opened.
    }
  }

  private static void remove(@Nullable Path directory) {
    if (directory == null) {
      return;
    }
    try {
      Files.deleteIfExists(directory.resolve("stdin"));
      Files.deleteIfExists(directory.resolve("stdout"));
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      directory.toFile().deleteOnExit();
    }
  }
}
