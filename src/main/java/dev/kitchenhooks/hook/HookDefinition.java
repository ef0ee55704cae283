package dev.kitchenhooks.hook;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * One hook as declared, every default filled in.
 *
 * @param name unique in the kitchen
 * @param description what it is for; empty where not said
 * @param types when it runs; at least one
 * @param file the file it is declared in, relative to the kitchen, for messages
 * @param exec the program as written in the definition
 * @param executable the absolute path that {@code exec} stands for
 * @param args extra arguments after the contract's own
 * @param filters whom it runs for
 * @param enabled false keeps the definition but never runs it
 * @param tags free words for {@code --skip-hooks tag:X}
 * @param weight lower runs first; equal weights run by name
 * @param timeout SIGTERM to the whole process tree after this time
 * @param killAfter SIGKILL so long after the SIGTERM
 * @param runCondition post hooks: on which outcome
 * @param required false: a failure is reported and recorded, and changes nothing
 * @param environment variables; a null value passes the caller's variable through
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
    Filters filters,
    boolean enabled,
    SortedSet<String> tags,
    int weight,
    Duration timeout,
    Duration killAfter,
    RunCondition runCondition,
    boolean required,
    Map<String, @Nullable String> environment,
    OutputMode output,
    boolean whyRun) {}
