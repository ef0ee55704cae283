package dev.kitchenhooks.run;

import dev.kitchenhooks.secret.Secrets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * What is the same for a whole run.
 *
 * @param runId unique, sorts by time
 * @param kitchen the kitchen's directory, absolute
 * @param directory the run's own directory for files that hooks read; exists, mode 0700
 * @param user who started the run
 * @param started when
 * @param caller the environment that {@code fix} was started with
 * @param secrets of its hooks; masked in all that is told of the run
 */
public record RunFacts(
    String runId,
    Path kitchen,
    Path directory,
    String user,
    Instant started,
    Map<String, String> caller,
    Secrets secrets) {}
