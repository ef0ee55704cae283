package dev.kitchenhooks.ssh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import net.schmizz.sshj.common.Buffer;

/**
 * A {@code .pub} or {@code -cert.pub} file: type, key, comment on one line.
 *
 * @param key in wire format
 */
record PublicKeyFile(Path file, String type, ByteBuffer key) {

  /** Empty where the file is not there or is no public key. */
  static Optional<PublicKeyFile> read(Path file) {
    try {
      String[] words =
          Files.readString(file, StandardCharsets.ISO_8859_1).strip().split("[ \t\r\n]+", -1);
      if (words.length < 2) {
        return Optional.empty();
      }
      ByteBuffer key = ByteBuffer.wrap(Base64.getDecoder().decode(words[1]));
      return Optional.of(new PublicKeyFile(file, words[0], key));
    } catch (IOException | IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  boolean isCertificate() {
    return type.contains("-cert-");
  }

  /** The plain key that a certificate is for, in wire format; empty where it cannot be read. */
  Optional<ByteBuffer> certified() {
    try {
      var key = new Buffer.PlainBuffer(key().array()).readPublicKey();
      return key instanceof com.hierynomus.sshj.userauth.certificate.Certificate<?> certificate
          ? Optional.of(
              ByteBuffer.wrap(
                  new Buffer.PlainBuffer().putPublicKey(certificate.getKey()).getCompactData()))
          : Optional.empty();
    } catch (Buffer.BufferException | net.schmizz.sshj.common.SSHRuntimeException unreadable) {
      return Optional.empty();
    }
  }
}
