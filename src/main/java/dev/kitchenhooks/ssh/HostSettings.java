package dev.kitchenhooks.ssh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How one host is reached: ssh_config and littlechef.cfg put together, every default filled in.
 *
 * @param name the host as it was asked for
 * @param hostName the address or name that is connected to
 * @param jumps the hosts to go through, the first one first
 * @param login who logs in, and with what
 * @param hostKeys how the host proves that it is the one
 * @param family which addresses of the name are used
 * @param connectTimeout for the whole handshake
 * @param alive how a dead connection is noticed
 */
record HostSettings(
    String name,
    String hostName,
    int port,
    List<JumpHost> jumps,
    Login login,
    HostKeys hostKeys,
    AddressFamily family,
    Duration connectTimeout,
    Alive alive) {

  static final int DEFAULT_PORT = 22;

  /**
   * @param identityFiles private keys in the order they are tried; not all of them need exist
   * @param explicitIdentities whether someone wrote them down; else they are OpenSSH's usual ones
   * @param identitiesOnly keys of the agent that are no identity file are not offered
   * @param methods authentication methods that may be used, in order
   */
  record Login(
      String user,
      List<Path> identityFiles,
      boolean explicitIdentities,
      List<Path> certificateFiles,
      boolean identitiesOnly,
      Optional<Path> agentSocket,
      List<String> methods) {}

  /**
   * @param alias looked up in place of the host's name and port
   * @param userFiles the first is the one that new keys are written to
   * @param acceptNew a key of a host that is not known at all is taken and written down
   * @param hashNames names are written hashed
   */
  record HostKeys(
      Optional<String> alias,
      List<Path> userFiles,
      List<Path> globalFiles,
      boolean acceptNew,
      boolean hashNames) {}

  /**
   * @param interval between questions to the server
   * @param count so many unanswered ones in a row, and the connection counts as lost
   */
  record Alive(Duration interval, int count) {}

  /** {@code AddressFamily}. */
  enum AddressFamily {
    ANY,
    INET,
    INET6
  }

  /** {@code web1}, or {@code web1:2222} where the port is not the usual one; for messages. */
  String address() {
    return port == DEFAULT_PORT ? hostName : hostName + ":" + port;
  }

  /** As sshj wants its limits. */
  int connectMillis() {
    return Math.clamp(connectTimeout.toMillis(), 1, Integer.MAX_VALUE);
  }

  /** The name that known_hosts files know this host by. */
  String knownAs() {
    return hostKeys.alias().orElseGet(() -> KnownHostLine.nameOf(hostName, port));
  }
}
