package dev.kitchenhooks.process;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteException;
import org.apache.commons.exec.ExecuteResultHandler;
import org.apache.commons.exec.ExecuteWatchdog;

/**
 * commons-exec's executor without its limits ({@link ExecuteWatchdog} knows only the direct child),
 * for one command: in a session of its own, stderr merged into stdout.
 *
 * <p>The output comes through a relay, {@code cat}. For when a process exits, the JDK drains its
 * output and closes the pipe, unless a thread happens to read from it in that moment: what
 * background processes write later would be lost, and that they are there would go unnoticed, or
 * not, by chance. The relay exits when the last one has closed the output, and so nothing is left
 * to chance.
 */
final class SessionExecutor extends DefaultExecutor {
  /** From util-linux. Not on macOS. */
  static final Optional<Path> SETSID = firstOf("/usr/bin/setsid", "/bin/setsid");

  private static final Path CAT = firstOf("/usr/bin/cat", "/bin/cat").orElse(Path.of("/bin/cat"));

  private final ProcessBuilder program;
  private final ProcessBuilder relay;
  private final CompletableFuture<Started> started = new CompletableFuture<>();

  /**
   * @param relay ends when nothing holds the program's output any more
   */
  record Started(Process program, Process relay) {}

  // The builder cannot build a subclass.
  @SuppressWarnings("deprecation")
  SessionExecutor(Optional<Path> setsid, List<String> argv, Path directory, Optional<Path> input) {
    program =
        new ProcessBuilder(inSession(setsid, argv))
            .directory(directory.toFile())
            .redirectInput(input.map(Path::toFile).orElseGet(() -> new File("/dev/null")))
            .redirectErrorStream(true);
    // In a session of its own too: Ctrl-C in a terminal goes to the whole process group of fix.
    relay =
        new ProcessBuilder(inSession(setsid, List.of(CAT.toString())))
            .redirectError(Redirect.DISCARD);
    setExitValues(null);
  }

  /**
   * Starts the program and returns; the pump runs until its output ends.
   *
   * @param drained called when that is over and all is closed; not if nothing was started
   * @throws IOException why it was not started, e.g. an argument list that is too long
   */
  Started start(Map<String, String> environment, OutputPump pump, Runnable drained)
      throws IOException {
    setStreamHandler(pump);
    execute(new CommandLine(program.command().getFirst()), environment, new End(drained));
    try {
      return started.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }
  }

  /** Starts {@link #program}: a {@link CommandLine} trims every argument. */
  @Override
  protected Process launch(CommandLine ignored, Map<String, String> environment, Path directory)
      throws IOException {
    program.environment().clear();
    program.environment().putAll(environment);
    relay.environment().clear();
    List<Process> pipeline = ProcessBuilder.startPipeline(List.of(program, relay));
    started.complete(new Started(pipeline.getFirst(), pipeline.getLast()));
    return pipeline.getLast();
  }

  /**
   * A platform thread: reading a pipe blocks a carrier of virtual threads, and hundreds may read.
   */
  @Override
  protected Thread createThread(Runnable task, String name) {
    return Thread.ofPlatform().daemon().name("output").unstarted(task);
  }

  private static List<String> inSession(Optional<Path> setsid, List<String> argv) {
    return Stream.concat(setsid.stream().map(Path::toString), argv.stream()).toList();
  }

  /** Absolute, since a PATH may be anyone's. */
  private static Optional<Path> firstOf(String... programs) {
    return Stream.of(programs).map(Path::of).filter(Files::isExecutable).findFirst();
  }

  /** Of the relay. */
  private final class End implements ExecuteResultHandler {
    private final Runnable drained;

    End(Runnable drained) {
      this.drained = drained;
    }

    @Override
    public void onProcessComplete(int exitValue) {
      drained.run();
    }

    @Override
    public void onProcessFailed(ExecuteException e) {
      if (!started.completeExceptionally(e.getCause() == null ? e : e.getCause())) {
        drained.run();
      }
    }
  }
}
