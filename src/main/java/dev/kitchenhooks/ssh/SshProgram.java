package dev.kitchenhooks.ssh;

import dev.kitchenhooks.process.LocalCommand;
import dev.kitchenhooks.process.LocalProcesses;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.UnreachableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code ssh -G}: prints the options that hold for a host, one a line. */
final class SshProgram implements OpenSshQuery {
  /** {@code Match exec} runs programs of the caller's. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final SshEnvironment environment;

  SshProgram(SshEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public SshOptions ask(String name, Optional<String> user, Optional<Path> instead)
      throws UnreachableException {
    var argv = new ArrayList<String>(List.of("ssh", "-G"));
    instead.ifPresent(file -> argv.addAll(List.of("-F", file.toString())));
    user.ifPresent(login -> argv.addAll(List.of("-l", login)));
    argv.addAll(List.of("--", name));
    var lines = new ArrayList<String>();
    ProcessResult result =
        new LocalProcesses()
            .run(
                new LocalCommand(
                    argv,
                    environment.variables(),
                    environment.home(),
                    Optional.of(TIMEOUT),
                    Duration.ofSeconds(1)),
                lines::add,
                new StopRequest());
    if (result.exitCode() != 0) {
      throw new UnreachableException(
          "ssh_config has a Match that only OpenSSH understands, and ssh -G failed: "
              + (lines.isEmpty() ? result.detail() : lines.getLast()));
    }
    return parse(lines);
  }

  /**
   * Its identity files are those of the configuration, or else OpenSSH's usual ones; that nobody
   * wrote them down makes a difference here.
   */
  private static SshOptions parse(List<String> lines) {
    var options = new SshOptions();
    boolean usualIdentities = lines.contains("identityfile ~/.ssh/id_ecdsa_sk");
    for (String line : lines) {
      List<String> words = List.of(line.strip().split(" ", -1));
      if (words.size() > 1 && !(usualIdentities && words.getFirst().equals("identityfile"))) {
        options.add(words.getFirst(), words.subList(1, words.size()));
      }
    }
    return options;
  }
}
