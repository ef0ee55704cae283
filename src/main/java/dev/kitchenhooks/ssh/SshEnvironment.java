package dev.kitchenhooks.ssh;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code ssh} would take from the caller's surroundings.
 *
 * @param home the caller's home, where {@code .ssh} lies
 * @param user the caller's login name, used where nothing names another
 * @param variables the environment, for {@code SSH_AUTH_SOCK} and {@code ${NAME}} in ssh_config
 * @param systemConfig read after the caller's own ssh_config; usually {@code /etc/ssh/ssh_config}
 */
public record SshEnvironment(
    Path home, String user, Map<String, String> variables, Path systemConfig) {

  private static final Path SYSTEM_CONFIG = Path.of("/etc/ssh/ssh_config");

  public SshEnvironment {
    variables = Map.copyOf(variables);
  }

  /** That of this process. */
  public static SshEnvironment ofThisProcess() {
    return new SshEnvironment(
        Path.of(System.getProperty("user.home")),
        System.getProperty("user.name"),
        System.getenv(),
        SYSTEM_CONFIG);
  }

  Optional<Path> agentSocket() {
    return Optional.ofNullable(variables.get("SSH_AUTH_SOCK"))
        .filter(name -> !name.isEmpty())
        .map(Path::of);
  }

  Path sshDirectory() {
    return home.resolve(".ssh");
  }
}
