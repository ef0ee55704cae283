package dev.kitchenhooks.ssh;

import com.hierynomus.sshj.userauth.certificate.Certificate;
import dev.kitchenhooks.ssh.KnownHostLine.Marker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a server is the one that the known_hosts files speak of. sshj's own check takes
 * revoked keys where the key is known as well, and takes a host that is known by another type of
 * key for an unknown one, so that accept-new could be tricked; this one does neither.
 */
final class HostKeyCheck implements HostKeyVerifier {
  /** SSH_CERT_TYPE_HOST of OpenSSH's PROTOCOL.certkeys. */
  private static final long HOST_CERTIFICATE = 2;

  private final KnownHosts known;
  private final HostSettings host;
  private volatile @Nullable List<KnownHostLine> lines;
  private volatile Optional<String> refusal = Optional.empty();

  HostKeyCheck(KnownHosts known, HostSettings host) {
    this.known = known;
    this.host = host;
  }

  /** Why {@link #verify} said no, in one line; empty if it was not asked or said yes. */
  Optional<String> refusal() {
    return refusal;
  }

  /** The algorithms of the keys that are known, so that the server shows one of those. */
  @Override
  public List<String> findExistingAlgorithms(String hostname, int port) {
    try {
      return lines().stream()
          .filter(line -> line.marker() != Marker.REVOKED)
          .flatMap(HostKeyCheck::algorithms)
          .distinct()
          .toList();
    } catch (IOException unreadable) {
      // Not lost: verify reads the same files, and says why it cannot.
      return List.of();
    }
  }

  private static Stream<String> algorithms(KnownHostLine line) {
    if (line.marker() == Marker.CERT_AUTHORITY) {
      return SshAlgorithms.config().getKeyAlgorithms().stream()
          .map(algorithm -> algorithm.getName())
          .filter(name -> name.contains("-cert-"));
    }
    return line.keyType().equals("ssh-rsa")
        ? Stream.of("rsa-sha2-512", "rsa-sha2-256")
        : Stream.of(line.keyType());
  }

  @Override
  public boolean verify(String hostname, int port, PublicKey key) {
    try {
      refusal = Optional.ofNullable(judge(key));
    } catch (IOException e) {
      refusal = Optional.of("cannot read or write known_hosts: " + e);
    }
    return refusal.isEmpty();
  }

  private @Nullable String judge(PublicKey shown) throws IOException {
    List<KnownHostLine> lines = lines();
    PublicKey key = shown;
    if (shown instanceof Certificate<?> certificate) {
      if (certifies(certificate, lines)) {
        return revoked(certificate.getKey(), lines);
      }
      key = certificate.getKey();
    }
    String revoked = revoked(key, lines);
    if (revoked != null) {
      return revoked;
    }
    ByteBuffer wire = wire(key);
    List<KnownHostLine> plain = plain(lines);
    if (plain.stream().anyMatch(line -> line.key().equals(wire))) {
      return null;
    }
    if (plain.isEmpty() && knownWithoutPort(wire)) {
      return null;
    }
    if (!plain.isEmpty()) {
      return changed(key, plain);
    }
    return host.hostKeys().acceptNew() ? accept(key) : unknown(key);
  }

  /** Found once, for the algorithms to ask for as for the key that is shown then. */
  private List<KnownHostLine> lines() throws IOException {
    List<KnownHostLine> found = lines;
    if (found == null) {
      found = known.about(host.knownAs(), files());
      lines = found;
    }
    return found;
  }

  private List<Path> files() {
    var files = new ArrayList<>(host.hostKeys().userFiles());
    files.addAll(host.hostKeys().globalFiles());
    return files;
  }

  private static List<KnownHostLine> plain(List<KnownHostLine> lines) {
    return lines.stream().filter(line -> line.marker() == Marker.NONE).toList();
  }

  /** As OpenSSH does: the very same key known for the host at port 22 is good at another port. */
  private boolean knownWithoutPort(ByteBuffer wire) throws IOException {
    if (host.port() == HostSettings.DEFAULT_PORT || host.hostKeys().alias().isPresent()) {
      return false;
    }
    List<KnownHostLine> lines =
        known.about(KnownHostLine.nameOf(host.hostName(), HostSettings.DEFAULT_PORT), files());
    return plain(lines).stream().anyMatch(line -> line.key().equals(wire))
        && lines.stream()
            .noneMatch(line -> line.marker() == Marker.REVOKED && line.key().equals(wire));
  }

  /** sshj has checked the signature, the validity and the name; who signed is left to us. */
  private static boolean certifies(Certificate<?> certificate, List<KnownHostLine> lines) {
    ByteBuffer authority = ByteBuffer.wrap(certificate.getSignatureKey());
    return certificate.getType() == HOST_CERTIFICATE
        && !certificate.getValidPrincipals().isEmpty()
        && lines.stream()
            .anyMatch(
                line -> line.marker() == Marker.CERT_AUTHORITY && line.key().equals(authority))
        && lines.stream()
            .noneMatch(line -> line.marker() == Marker.REVOKED && line.key().equals(authority));
  }

  private @Nullable String revoked(PublicKey key, List<KnownHostLine> lines) {
    ByteBuffer wire = wire(key);
    return lines.stream()
        .filter(line -> line.marker() == Marker.REVOKED && line.key().equals(wire))
        .findFirst()
        .map(line -> "the host key " + describe(key) + " is revoked by " + line.place())
        .orElse(null);
  }

  private String changed(PublicKey key, List<KnownHostLine> plain) {
    String type = KeyType.fromKey(key).toString();
    KnownHostLine line =
        plain.stream().filter(l -> l.keyType().equals(type)).findFirst().orElse(plain.getFirst());
    String how =
        line.keyType().equals(type)
            ? "the host key has changed to " + describe(key)
            : "the host shows " + describe(key) + " but is known by " + line.keyType() + " only";
    return how
        + ", see "
        + line.place()
        + "; if that is right, remove it with: ssh-keygen -R '"
        + host.knownAs()
        + "', else someone may be in between";
  }

  private String unknown(PublicKey key) {
    String port = host.port() == HostSettings.DEFAULT_PORT ? "" : "-p " + host.port() + " ";
    return "the host key "
        + describe(key)
        + " is not known; connect once with: ssh "
        + port
        + host.hostName()
        + ", or check it and add it with ssh-keyscan, or set accept-new = true in [connection] of"
        + " littlechef.cfg";
  }

  private @Nullable String accept(PublicKey key) throws IOException {
    if (host.hostKeys().userFiles().isEmpty()) {
      return unknown(key);
    }
    known.addIfUnknown(
        host.knownAs(),
        KeyType.fromKey(key).toString(),
        wire(key).array(),
        host.hostKeys().userFiles().getFirst(),
        host.hostKeys().hashNames());
    // Another process may have written another key before us: then ours is not accepted.
    lines = null;
    List<KnownHostLine> plain = plain(lines());
    ByteBuffer wire = wire(key);
    return plain.stream().anyMatch(line -> line.key().equals(wire)) ? null : changed(key, plain);
  }

  private static ByteBuffer wire(PublicKey key) {
    return ByteBuffer.wrap(new Buffer.PlainBuffer().putPublicKey(key).getCompactData());
  }

  /** {@code ED25519 SHA256:...}, as ssh and ssh-keygen print it. */
  private static String describe(PublicKey key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(wire(key).array());
      String type =
          Arrays.stream(KeyType.fromKey(key).toString().split("-", -1))
              .filter(word -> !word.equals("ssh") && !word.equals("sha2"))
              .findFirst()
              .orElse("")
              .toUpperCase(Locale.ROOT);
      return type + " SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
