package dev.kitchenhooks.hook;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * One hook as declared, every default filled in.
 *
 * @param name unique in the kitchen
 * @param description what it is for; empty where not said
 * @param types when it runs; at least one
 * @param file the file it is declared in, relative to the kitchen, for messages
 * @param exec the program as written in the definition; empty where the container's image says it
 * @param executable the absolute path that {@code exec} stands for, on this machine
 * @param args extra arguments after the contract's own
 * @param place where it runs
 * @param plugin the repository that it comes from; empty: the kitchen
 * @param filters whom it runs for
 * @param enabled false keeps the definition but never runs it
 * @param tags free words for {@code --skip-hooks tag:X}
 * @param weight lower runs first; equal weights run by name
 * @param concurrent whether it runs together with its neighbours that say the same
 * @param timeout SIGTERM to the whole process tree after this time
 * @param killAfter SIGKILL so long after the SIGTERM
 * @param runCondition post hooks: on which outcome
 * @param required false: a failure is reported and recorded, and changes nothing
 * @param retries how often a failure is tried again
 * @param environment variables
 * @param output what is shown of its output
 * @param whyRun whether it also runs in a {@code --why-run} run
 */
public record HookDefinition(
    String name,
    String description,
    List<HookType> types,
    String file,
    String exec,
    Path executable,
    List<String> args,
    Place place,
    Optional<Plugin> plugin,
    Filters filters,
    boolean enabled,
    SortedSet<String> tags,
    int weight,
    boolean concurrent,
    Duration timeout,
    Duration killAfter,
    RunCondition runCondition,
    boolean required,
    Retries retries,
    Map<String, Variable> environment,
    OutputMode output,
    boolean whyRun) {

  /** What runs, as the first word of its arguments: where no program is named, the image. */
  public String program() {
    return exec.isEmpty() && place instanceof Place.InContainer(ContainerSpec spec)
        ? spec.source().text()
        : executable.toString();
  }

  /**
   * The directory that {@code exec} and a dockerfile are relative to: that of the plugin, or the
   * kitchen's {@code hooks/}.
   */
  public Path base(Path kitchen) {
    return plugin.map(Plugin::base).orElseGet(() -> kitchen.resolve(HookDefinitions.PROGRAMS));
  }

  /** The directory that the program may not lead out of, links followed. */
  public Path root(Path kitchen) {
    return plugin.map(Plugin::checkout).orElseGet(() -> base(kitchen));
  }
}
