package dev.kitchenhooks.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;

/**
 * The keys of a group of embedded nodes, made fresh, and the OpenSSH files by which a client
 * reaches the nodes under their names. All nodes of a group share one host key.
 *
 * @param directory where the files lie, 0700
 * @param user the login name
 * @param hostKey as which every node shows itself
 * @param clientKey with which a client logs in
 * @param password with which a client logs in too, if there is one
 */
public record NodeAccess(
    Path directory, String user, KeyPair hostKey, KeyPair clientKey, Optional<String> password) {

  /** Makes new keys and writes the client's. */
  public static NodeAccess create(Path directory, String user, Optional<String> password)
      throws IOException {
    Files.createDirectories(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    var access = new NodeAccess(directory, user, newKey(), newKey(), password);
    writePrivate(access.keyFile(), access.clientKeyText());
    return access;
  }

  /** The client's private key, in OpenSSH's format. */
  public Path keyFile() {
    return directory.resolve("id_ecdsa");
  }

  /** An {@code ssh_config} with a block for each node. */
  public Path sshConfig() {
    return directory.resolve("ssh_config");
  }

  public Path knownHosts() {
    return directory.resolve("known_hosts");
  }

  boolean admits(String name, PublicKey key) {
    return name.equals(user) && KeyUtils.compareKeys(key, clientKey.getPublic());
  }

  boolean admits(String name, String givenPassword) {
    return name.equals(user) && password.filter(givenPassword::equals).isPresent();
  }

  /**
   * Writes {@code ssh_config} and {@code known_hosts} for nodes.
   *
   * @param ports the nodes' ports on 127.0.0.1, by name
   */
  public void write(Map<String, Integer> ports) throws IOException {
    var config = new StringBuilder();
    var known = new StringBuilder();
    String hostKeyText = PublicKeyEntry.toString(hostKey.getPublic());
    ports.forEach((name, port) -> {
      config.append(
          """
          Host %s
            HostName 127.0.0.1
            Port %d
          """
              .formatted(name, port));
      known.append("[127.0.0.1]:%d %s\n".formatted(port, hostKeyText));
    });
    config.append(
        """
        Host *
          User %s
          IdentityFile "%s"
          IdentitiesOnly yes
          UserKnownHostsFile "%s"
          GlobalKnownHostsFile none
          StrictHostKeyChecking yes
        """
            .formatted(user, keyFile(), knownHosts()));
    writePrivate(sshConfig(), config.toString());
    writePrivate(knownHosts(), known.toString());
  }

  private String clientKeyText() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(clientKey, user, null, bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** ECDSA on P-256: MINA reads and writes Ed25519 only with a further library. */
  private static KeyPair newKey() {
    try {
      return KeyUtils.generateKeyPair(KeyPairProvider.ECDSA_SHA2_NISTP256, 256);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has P-256", e);
    }
  }

  private static void writePrivate(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text, StandardOpenOption.WRITE);
  }
}
