package dev.kitchenhooks.plugin;

import static java.util.stream.Collectors.joining;

import dev.kitchenhooks.json.Durations;
import dev.kitchenhooks.plugin.GitFailure.Kind;
import dev.kitchenhooks.process.LocalCommand;
import dev.kitchenhooks.process.LocalProcesses;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.process.StopRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs git for one plugin, within one limit of time for all that is done for it. Never through a
 * shell, never with somebody to ask.
 */
final class Git {
  private static final Duration KILL_AFTER = Duration.ofSeconds(5);
  private static final int SAID_LINES = 4;

  /** More than any answer that is read; a server must not be able to fill the memory. */
  private static final int MOST_LINES = 100_000;

  private final LocalProcesses processes = new LocalProcesses();
  private final Map<String, String> environment;
  private final Path directory;
  private final Duration limit;
  private final long endNanos;
  private final StopRequest stop;

  /**
   * @param caller the caller's environment
   * @param directory where git runs: in no repository, so that of the caller's configuration only
   *     that of all repositories counts
   * @param limit for all commands together
   */
  Git(Map<String, String> caller, Path directory, Duration limit, StopRequest stop)
      throws IOException {
    this.environment = GitEnvironment.of(caller, directory);
    this.directory = directory;
    this.limit = limit;
    this.endNanos = System.nanoTime() + limit.toNanos();
    this.stop = stop;
  }

  /**
   * Readies git for a repository: what may be reached, and how.
   *
   * @param kitchen what a path is relative to
   * @return the address, absolute where it is a path
   * @throws GitFailure if git cannot be run
   */
  String prepare(String repo, Path kitchen) throws GitFailure {
    String address =
        GitEnvironment.isLocal(repo) && !repo.startsWith("file://")
            ? kitchen.resolve(repo).normalize().toString()
            : repo;
    // The caller's own configuration may name another place for it.
    String reached = first(run("ls-remote", "--get-url", "--", address)).orElse(address);
    if (GitEnvironment.isLocal(reached)) {
      GitEnvironment.allowFiles(environment);
    }
    String configured = "";
    try {
      configured = first(run("config", "--get", "core.sshCommand")).orElse("");
    } catch (GitFailure notSet) {
      if (notSet.kind() != Kind.FAILED) {
        throw notSet;
      }
    }
    GitEnvironment.neverAsk(environment, configured);
    return address;
  }

  /** From now on repositories that are made get what lies in this directory. */
  void useTemplate(Path template) {
    environment.put("GIT_TEMPLATE_DIR", template.toString());
  }

  /**
   * Runs a command and returns the lines that it printed, errors among them.
   *
   * @throws GitFailure if it does not exit with 0
   */
  List<String> run(String... arguments) throws GitFailure {
    var argv = new ArrayList<String>();
    argv.add("git");
    for (String setting : GitEnvironment.settings()) {
      argv.add("-c");
      argv.add(setting);
    }
    argv.addAll(List.of(arguments));
    Duration left = Duration.ofNanos(endNanos - System.nanoTime());
    if (left.isNegative() || left.isZero()) {
      throw timedOut();
    }
    var lines = new ArrayList<String>();
    var command =
        new LocalCommand(argv, environment, directory, Optional.of(left), KILL_AFTER, true);
    ProcessResult result =
        processes.run(
            command,
            line -> {
              if (lines.size() < MOST_LINES) {
                lines.add(line);
              }
            },
            stop);
    return switch (result.end()) {
      case EXITED -> {
        if (result.exitCode() != 0) {
          throw new GitFailure(Kind.FAILED, said(lines, result));
        }
        yield List.copyOf(lines);
      }
      case NOT_STARTED -> throw new GitFailure(Kind.MISSING, result.detail());
      case TIMED_OUT, OUTPUT_LEFT_OPEN -> throw timedOut();
      case STOPPED -> throw new GitFailure(Kind.STOPPED, "interrupted");
      case SIGNALLED, LOST -> throw new GitFailure(Kind.FAILED, "git was " + result.detail());
    };
  }

  private GitFailure timedOut() {
    return new GitFailure(Kind.TIMED_OUT, "it took longer than " + Durations.format(limit));
  }

  private static Optional<String> first(List<String> lines) {
    return lines.stream().filter(line -> !line.isBlank()).findFirst();
  }

  /** The last of what git said, without its advice on commands that nobody typed. */
  private static String said(List<String> lines, ProcessResult result) {
    List<String> said =
        lines.stream()
            .map(line -> line.strip())
            .filter(line -> !line.isEmpty() && !line.startsWith("hint:"))
            .filter(line -> !line.equals("and the repository exists."))
            .filter(line -> !line.equals("Please make sure you have the correct access rights"))
            .toList();
    String tail = said.stream().skip(Math.max(0, said.size() - SAID_LINES)).collect(joining("; "));
    return tail.isEmpty() ? "git exited with " + result.exitCode() : tail;
  }
}
