package dev.kitchenhooks.chef;

import dev.kitchenhooks.chef.HookOutput.How;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.ProcessResult.End;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.process.StopRequest.Level;
import dev.kitchenhooks.process.Verdict;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.remote.RemoteResult;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One call of a program on a node, of a hook for example. All goes through one channel: the program
 * and what it reads, then words that end it early; its output, then what became of it.
 */
final class NodeHookCall {
  /** Signals for what could not be started, as a shell has it. */
  private static final int CANNOT_START = 126;

  /** For the way to the node, however short the hook's own time is. */
  private static final Duration LEAST_START = Duration.ofSeconds(60);

  /** From "kill it" to giving up the channel: the connection may be what is wrong. */
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(10);

  /** The script sends one byte more, so that it shows. */
  private static final int LONGEST_COMPOSE_FILE = 1 << 20;

  private enum Cause {
    TIMED_OUT,
    STOPPED,
    NOT_TAKEN
  }

  private final NodeProgram program;
  private final AsRoot asRoot;
  private final Listening listening;
  private final String token;
  private final ControlLines control = new ControlLines();
  private final StopRequest channel = new StopRequest();
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<@Nullable Cause> cause = new AtomicReference<>();
  private final HookOutput output;

  NodeHookCall(
      NodeProgram program, AsRoot asRoot, Listening listening, String token, LineSink lines) {
    this.program = program;
    this.asRoot = asRoot;
    this.listening = listening;
    this.token = token;
    this.output = new HookOutput(token, lines, started::countDown, control::end);
  }

  /** Runs it to its end. */
  Verdict run(NodeSession session, String commandLine, StopRequest stop) throws IOException {
    RemoteResult result;
    try (var _ = stop.onRequest(this::stopRequested)) {
      start(this::watchClock);
      result = session.run(commandLine, out -> send(out), output, Optional.empty(), channel);
    } finally {
      ended.countDown();
    }
    return takeBack(verdict(result)).withSurvivors(output.survivors());
  }

  private Verdict takeBack(Verdict verdict) throws IOException {
    if (output.ended().isEmpty()) {
      return verdict;
    }
    if (program.files().output().isPresent()) {
      Files.write(program.files().output().get(), output.written());
    }
    Optional<byte[]> compose =
        output.composeFile().filter(now -> !program.upload().hasComposeFile(now));
    if (compose.isPresent() && program.files().composeFile().isPresent()) {
      if (compose.get().length > LONGEST_COMPOSE_FILE) {
        return new Verdict(
            verdict.exitCode() == 0 ? 1 : verdict.exitCode(),
            verdict.end(),
            "the compose file that it made is longer than 1 MiB");
      }
      Files.write(program.files().composeFile().get(), compose.get());
    }
    return verdict;
  }

  private void send(OutputStream out) throws IOException {
    out.write(asRoot.beforeInput());
    out.write((token + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      program.upload().writeTo(new StoppableStream(out, () -> cause.get() != null));
    } catch (InterruptedIOException e) {
      // The node sees the end of its input too early, and tidies up.
      out.flush();
      return;
    }
    control.writeTo(out, listening.interval());
  }

  private void watchClock() {
    Duration timeout = program.timeout();
    Duration way = timeout.compareTo(LEAST_START) > 0 ? timeout : LEAST_START;
    if (!reached(started, way)) {
      if (!reached(ended, Duration.ZERO) && cause.compareAndSet(null, Cause.NOT_TAKEN)) {
        channel.request(Level.KILL);
      }
    } else if (!reached(ended, timeout) && cause.compareAndSet(null, Cause.TIMED_OUT)) {
      terminate();
    }
  }

  private void stopRequested(Level level) {
    cause.compareAndSet(null, Cause.STOPPED);
    start(level == Level.KILL ? this::kill : this::terminate);
  }

  private void terminate() {
    control.say("TERM");
    if (!reached(ended, program.killAfter())) {
      kill();
    }
  }

  private void kill() {
    control.say("KILL");
    if (!reached(ended, LAST_PATIENCE)) {
      channel.request(Level.KILL);
    }
  }

  private static boolean reached(CountDownLatch event, Duration within) {
    try {
      return event.await(within.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static void start(Runnable task) {
    Thread.ofVirtual().name("node-hook").start(task);
  }

  private Verdict verdict(RemoteResult result) {
    Optional<HookOutput.Ended> end = output.ended();
    if (end.isPresent() && end.get().how() != How.ENDED) {
      return plain(end.get());
    }
    return switch (cause.get()) {
      case TIMED_OUT -> Verdict.timedOut(program.timeout()).withDetail(unknown(end));
      case STOPPED ->
          Verdict.STOPPED.withDetail(
              output.started() ? unknown(end) : Optional.of("before it was started"));
      case NOT_TAKEN ->
          new Verdict(CANNOT_START, End.NOT_STARTED, "the node did not take it in time");
      case null -> end.map(this::plain).orElseGet(() -> broken(result));
    };
  }

  /** The connection may have broken on top of it. */
  private static Optional<String> unknown(Optional<HookOutput.Ended> end) {
    return end.isPresent()
        ? Optional.empty()
        : Optional.of("the node did not say that it has ended");
  }

  private Verdict plain(HookOutput.Ended end) {
    return switch (end.how()) {
      case NEVER -> new Verdict(end.code(), End.NOT_STARTED, end.why());
      case OPEN -> Verdict.outputLeftOpen(output.holders());
      case EXITED, ENDED -> Verdict.exited(end.code());
    };
  }

  private Verdict broken(RemoteResult result) {
    if (!output.started() && result.detail().isEmpty()) {
      String node = program.node().equals("-") ? "the node" : program.node();
      return new Verdict(
          CANNOT_START, End.NOT_STARTED, DeployFailure.advice(node, output.before()));
    }
    String detail = result.detail().isEmpty() ? "the node ended it" : result.detail();
    return new Verdict(RemoteResult.CONNECTION_LOST, End.LOST, detail);
  }
}
