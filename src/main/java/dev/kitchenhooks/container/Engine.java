package dev.kitchenhooks.container;

import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.LocalCommand;
import dev.kitchenhooks.process.LocalProcesses;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.process.Tail;
import dev.kitchenhooks.run.ProcessRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A container engine, by its command line. It is called with the environment of whoever called
 * {@code fix}, as if they had typed it: contexts, hosts, credential helpers are theirs.
 */
final class Engine {
  /** For what is a matter of milliseconds, on a machine that may be very busy. */
  static final Duration SOON = Duration.ofMinutes(1);

  private static final Duration KILL_AFTER = Duration.ofSeconds(5);
  private static final int TAIL_LINES = 200;
  private static final int TAIL_BYTES = 64 * 1024;
  private static final List<String> KNOWN = List.of("docker", "podman");

  private final String program;
  private final Map<String, String> environment;
  private final Path directory;
  private final ProcessRunner processes;

  private Engine(
      String program, Map<String, String> environment, Path directory, ProcessRunner processes) {
    this.program = program;
    this.environment = Map.copyOf(environment);
    this.directory = directory;
    this.processes = processes;
  }

  /**
   * The engine that is there: what the kitchen says, else docker, else podman.
   *
   * @param configured {@code [hooks] container_engine}
   * @param environment the caller's
   * @param directory to call it in
   * @throws EngineFault if there is none
   */
  static Engine find(
      Optional<String> configured,
      Map<String, String> environment,
      Path directory,
      ProcessRunner processes)
      throws EngineFault {
    for (String program : configured.map(List::of).orElse(KNOWN)) {
      var engine = new Engine(program, environment, directory, processes);
      if (LocalProcesses.refusal(engine.command(SOON, Map.of(), List.of())).isEmpty()) {
        return engine;
      }
    }
    throw EngineFault.of(
        configured
            .map(program -> "the container engine %s is not there".formatted(program))
            .orElse("there is neither docker nor podman"));
  }

  /** What people call it: {@code docker}. */
  String name() {
    return program;
  }

  /**
   * What the engine answered.
   *
   * @param result how the call ended
   * @param lines all that it wrote
   */
  record Answer(String what, ProcessResult result, List<String> lines) {
    boolean ok() {
      return result.exitCode() == 0 && result.end() == ProcessResult.End.EXITED;
    }

    /** In the engine's own words: the last line that says something. */
    String message() {
      String said = said(lines);
      return switch (result.end()) {
        case EXITED -> said.isEmpty() ? "%s: exit %d".formatted(what, result.exitCode()) : said;
        case NOT_STARTED, SIGNALLED, LOST, TIMED_OUT, OUTPUT_LEFT_OPEN, STOPPED ->
            "%s: %s%s".formatted(what, result.detail(), said.isEmpty() ? "" : "; " + said);
      };
    }

    Answer orThrow() throws EngineFault {
      if (result.end() == ProcessResult.End.STOPPED) {
        throw EngineFault.stopped();
      }
      if (!ok()) {
        throw EngineFault.of(message());
      }
      return this;
    }
  }

  /** The last line that says something, without the words before it that say nothing. */
  static String said(List<String> lines) {
    for (String line : lines.reversed()) {
      String text = line.strip();
      boolean empty = text.isEmpty() || text.startsWith("See '") || text.startsWith("Run '");
      if (!empty) {
        return text.replaceFirst("^(docker: |Error: )?(Error response from daemon: )?", "");
      }
    }
    return "";
  }

  /** Calls it for something that is over soon, whatever happens to the run meanwhile. */
  Answer call(String... arguments) {
    return call(Map.of(), List.of(arguments));
  }

  /** The same, with more variables of its own. */
  Answer call(Map<String, String> variables, List<String> arguments) {
    var lines = new ArrayList<String>();
    return answer(
        arguments, start(SOON, variables, arguments, lines::add, new StopRequest()), () -> lines);
  }

  /** Calls it for something that takes its time, and may be told to stop; keeps its last words. */
  Answer call(Duration limit, List<String> arguments, StopRequest stop) {
    var tail = new Tail(TAIL_LINES, TAIL_BYTES);
    return answer(arguments, start(limit, Map.of(), arguments, tail, stop), tail::lines);
  }

  /** An interrupt of this thread must not cut what puts things in order: it does not matter. */
  private Answer answer(
      List<String> arguments, CompletableFuture<ProcessResult> call, Supplier<List<String>> lines) {
    ProcessResult result = call.join();
    return new Answer("%s %s".formatted(program, arguments.getFirst()), result, lines.get());
  }

  /** Calls it for as long as it takes. */
  CompletableFuture<ProcessResult> attach(
      List<String> arguments, LineSink output, StopRequest stop) {
    return start(Duration.ofDays(365), Map.of(), arguments, output, stop);
  }

  private CompletableFuture<ProcessResult> start(
      Duration limit,
      Map<String, String> variables,
      List<String> arguments,
      LineSink output,
      StopRequest stop) {
    LocalCommand command = command(limit, variables, arguments);
    return CompletableFuture.supplyAsync(
        () -> processes.run(command, output, stop),
        task -> Thread.ofVirtual().name("container-engine").start(task));
  }

  private LocalCommand command(
      Duration limit, Map<String, String> variables, List<String> arguments) {
    var argv = new ArrayList<String>();
    argv.add(program);
    argv.addAll(arguments);
    var all = new HashMap<>(environment);
    all.putAll(variables);
    // Podman leaves a monitor behind each container, and it is no business of ours to end it.
    return new LocalCommand(argv, all, directory, Optional.of(limit), KILL_AFTER, true);
  }
}
