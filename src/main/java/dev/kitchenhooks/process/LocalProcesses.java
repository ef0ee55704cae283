package dev.kitchenhooks.process;

import dev.kitchenhooks.process.ProcessResult.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs programs on this machine under limits that hold whatever they do: time, memory for output,
 * and the whole process tree, of which nothing is left afterwards. Any number may run at once, from
 * platform or virtual threads.
 *
 * <p>What nothing running as the same user can end is out of reach: processes of other users
 * (sudo), and a daemon that left the session, lost its parent <em>and</em> cleared its environment.
 */
public final class LocalProcesses {
  private static final Pattern SYSTEM_ERROR = Pattern.compile("error[=:] ?\\d+,? \\(?([^)]+)");

  private final Optional<Path> setsid;

  public LocalProcesses() {
    this(SessionExecutor.SETSID);
  }

  /** Without {@code setsid}, as on macOS, the tree is found by its other marks. */
  LocalProcesses(Optional<Path> setsid) {
    this.setsid = setsid;
  }

  /**
   * Runs a command to its end and ends what it leaves behind. Blocks; interrupting the thread is
   * like {@link StopRequest.Level#KILL}, and its interrupt flag is set on return.
   *
   * <p>A process counts as ended when it has exited and nothing holds its stdout or stderr any
   * more; without a timeout that is waited for until {@code stop} is raised.
   *
   * @param output gets every line before this returns; what it throws is told in the result's
   *     detail
   * @param stop if it is raised already, nothing is started
   */
  public ProcessResult run(LocalCommand command, LineSink output, StopRequest stop) {
    Supervisor supervisor = new Supervisor();
    try (var _ = stop.onRequest(supervisor::stop)) {
      if (supervisor.stopRequested() || Thread.currentThread().isInterrupted()) {
        return Verdict.STOPPED
            .withDetail(Optional.of("before it was started"))
            .result(Duration.ZERO);
      }
      return switch (findProgram(command)) {
        case Executable.Refused refused -> notStarted(refused.exitCode(), refused.detail());
        case Executable.Found found -> run(command, found.program(), output, supervisor);
      };
    } finally {
      supervisor.restoreInterrupt();
    }
  }

  private static Executable.Lookup findProgram(LocalCommand command) {
    if (!Files.isDirectory(command.directory())) {
      return new Executable.Refused(
          Executable.NOT_EXECUTABLE, "working directory " + command.directory() + " not found");
    }
    boolean nul =
        Stream.concat(command.argv().stream(), command.environment().values().stream())
            .anyMatch(value -> value.indexOf('\0') >= 0);
    if (nul) {
      return new Executable.Refused(
          Executable.NOT_EXECUTABLE, "an argument or a variable contains a NUL character");
    }
    return new Executable(command.directory(), command.environment())
        .find(command.argv().getFirst());
  }

  private ProcessResult run(
      LocalCommand command, Path program, LineSink output, Supervisor supervisor) {
    String treeName = ProcessTree.newName();
    Map<String, String> environment = new HashMap<>(command.environment());
    environment.put(ProcessTree.VARIABLE, treeName);
    OnlyLine onlyLine = new OnlyLine();
    OutputPump pump = new OutputPump(onlyLine.and(output));
    List<String> argv = new ArrayList<>(command.argv());
    argv.set(0, program.toString());

    long startNanos = System.nanoTime();
    SessionExecutor.Started started;
    try {
      started =
          new SessionExecutor(setsid, argv, command.directory(), command.input())
              .start(environment, pump, supervisor::drained);
    } catch (IOException e) {
      return notStarted(Executable.NOT_EXECUTABLE, program + ": " + reason(e));
    }
    ProcessTree tree = new ProcessTree(treeName, started.program(), started.relay());
    Verdict verdict;
    try {
      if (!LiveTrees.ALL.add(tree)) {
        supervisor.stop(StopRequest.Level.KILL);
      }
      var _ = started.program().onExit().thenRun(supervisor::exited);
      verdict = supervise(command, started.program(), tree, supervisor);
    } catch (RuntimeException | Error bug) {
      tree.kill();
      throw bug;
    } finally {
      LiveTrees.ALL.remove(tree);
      pump.abandon();
      // It has ended, unless someone who could not be killed still holds the output.
      started.relay().destroyForcibly();
    }
    return verdict
        .withRefusal(onlyLine.refusal(program, verdict.exitCode()))
        .withDetail(pump.sinkFault().map(fault -> "output lost: " + fault))
        .result(Duration.ofNanos(System.nanoTime() - startNanos));
  }

  private static Verdict supervise(
      LocalCommand command, Process process, ProcessTree tree, Supervisor supervisor) {
    Deadline timeout = Deadline.in(command.timeout());
    Supervisor.Wait wait =
        command.mayLeaveProcesses() ? supervisor.awaitExit(timeout) : supervisor.await(timeout);
    if (command.mayLeaveProcesses()
        && (wait == Supervisor.Wait.ENDED || wait == Supervisor.Wait.OUTPUT_OPEN)) {
      return Verdict.exited(process.exitValue());
    }
    if (wait == Supervisor.Wait.OUTPUT_OPEN && tree.members().isEmpty()) {
      // Nobody is left to hold it: on a busy machine only the reading is behind.
      wait = supervisor.awaitEnd();
    }
    Verdict verdict =
        switch (wait) {
          case ENDED -> Verdict.exited(process.exitValue());
          case OUTPUT_OPEN -> Verdict.outputLeftOpen(tree.holders());
          case TIMEOUT -> Verdict.timedOut(command.timeout().orElseThrow());
          case STOPPED -> Verdict.STOPPED;
        };
    List<ProcessTree.Member> survivors =
        wait == Supervisor.Wait.ENDED
            ? supervisor.endLeftovers(tree)
            : supervisor.end(tree, command.killAfter());
    return verdict.withSurvivors(survivors.stream().map(ProcessTree.Member::name).toList());
  }

  /** The system's own words out of the JDK's: {@code Exec failed, error: 7 (Too long)}. */
  private static String reason(IOException e) {
    String message = String.valueOf(e.getMessage());
    Matcher error = SYSTEM_ERROR.matcher(message);
    return error.find() ? error.group(1).strip() : message;
  }

  /**
   * Why a command could not be started, as far as can be told beforehand: its program is not found
   * or not executable. Empty where nothing speaks against it.
   */
  public static Optional<String> refusal(LocalCommand command) {
    return findProgram(command) instanceof Executable.Refused refused
        ? Optional.of(refused.detail())
        : Optional.empty();
  }

  private static ProcessResult notStarted(int exitCode, String detail) {
    return new ProcessResult(exitCode, End.NOT_STARTED, detail, Duration.ZERO);
  }
}
