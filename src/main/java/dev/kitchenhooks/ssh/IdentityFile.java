package dev.kitchenhooks.ssh;

import com.hierynomus.sshj.userauth.keyprovider.OpenSSHKeyV1KeyFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.common.SSHRuntimeException;
import net.schmizz.sshj.signature.Signature;
import net.schmizz.sshj.userauth.keyprovider.FileKeyProvider;
import net.schmizz.sshj.userauth.keyprovider.PKCS8KeyFile;

/**
 * What an IdentityFile gives. A private key in a file that a passphrase protects can be used
 * through the agent only; its public half is known all the same, from the {@code .pub} file beside
 * it or from the file's own open part.
 *
 * @param key the key to sign with; empty where there is none that can be read
 * @param publicKey in wire format, to find the key in the agent by
 * @param note why the key cannot be used, for the message when authentication fails; else empty
 */
record IdentityFile(
    Path file, Optional<ClientKey> key, Optional<ByteBuffer> publicKey, String note) {

  private static final String OPENSSH_HEADER = "-----BEGIN OPENSSH PRIVATE KEY-----";
  private static final byte[] OPENSSH_MAGIC =
      "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  static IdentityFile read(Path file) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    } catch (NoSuchFileException none) {
      return withoutPrivateKey(file, "not there");
    } catch (IOException unreadable) {
      return withoutPrivateKey(file, "cannot be read");
    }
    if (!text.startsWith("-----BEGIN ")) {
      Optional<ByteBuffer> itself = PublicKeyFile.read(file).map(PublicKeyFile::key);
      return itself.isPresent()
          ? new IdentityFile(file, Optional.empty(), itself, "only the public key")
          : withoutPrivateKey(file, "no private key");
    }
    try {
      if (isOpenToOthers(file)) {
        return withoutPrivateKey(file, "open to other users, ssh ignores it: chmod 600 it");
      }
      if (isEncrypted(text)) {
        IdentityFile found = withoutPrivateKey(file, "protected by a passphrase: ssh-add it");
        return found.publicKey().isPresent() || !text.startsWith(OPENSSH_HEADER)
            ? found
            : new IdentityFile(file, Optional.empty(), openPart(text), found.note());
      }
      FileKeyProvider provider =
          text.startsWith(OPENSSH_HEADER) ? new OpenSSHKeyV1KeyFile() : new PKCS8KeyFile();
      provider.init(text, null);
      var key = new FileKey(file, new KeyPair(provider.getPublic(), provider.getPrivate()));
      return new IdentityFile(file, Optional.of(key), Optional.of(key.publicKey()), "");
    } catch (IOException | SSHRuntimeException | IllegalArgumentException unreadable) {
      return withoutPrivateKey(file, "not in a format that is supported");
    }
  }

  private static IdentityFile withoutPrivateKey(Path file, String note) {
    return new IdentityFile(
        file,
        Optional.empty(),
        PublicKeyFile.read(Path.of(file + ".pub")).map(PublicKeyFile::key),
        note);
  }

  /** As OpenSSH has it: only of files that are the caller's own, others' are others' business. */
  private static boolean isOpenToOthers(Path file) throws IOException {
    PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
    return attributes.owner().getName().equals(System.getProperty("user.name"))
        && !OWNER_ONLY.containsAll(attributes.permissions());
  }

  private static boolean isEncrypted(String text) throws IOException {
    return text.startsWith(OPENSSH_HEADER)
        ? !openSsh(text).readString().equals("none")
        : text.contains("ENCRYPTED");
  }

  /** OpenSSH's PROTOCOL.key: cipher, kdf, its options, the number of keys, the public key. */
  private static Optional<ByteBuffer> openPart(String text) throws IOException {
    Buffer.PlainBuffer open = openSsh(text);
    open.readString();
    open.readString();
    open.readBytes();
    open.readUInt32();
    return Optional.of(ByteBuffer.wrap(open.readBytes()));
  }

  private static Buffer.PlainBuffer openSsh(String text) throws IOException {
    int end = text.indexOf("-----END ");
    if (end < 0) {
      throw new IOException("cut off");
    }
    byte[] bytes = Base64.getMimeDecoder().decode(text.substring(OPENSSH_HEADER.length(), end));
    var buffer = new Buffer.PlainBuffer(bytes);
    buffer.readRawBytes(new byte[OPENSSH_MAGIC.length]);
    return buffer;
  }

  private record FileKey(Path file, KeyPair pair) implements ClientKey {
    @Override
    public ByteBuffer publicKey() {
      return ByteBuffer.wrap(
          new Buffer.PlainBuffer().putPublicKey(pair.getPublic()).getCompactData());
    }

    @Override
    public String algorithm() {
      return ClientKey.algorithmFor(KeyType.fromKey(pair.getPublic()).toString());
    }

    @Override
    public String label() {
      return file.toString();
    }

    @Override
    public byte[] sign(byte[] data) throws IOException {
      var algorithm =
          Factory.Named.Util.create(SshAlgorithms.config().getKeyAlgorithms(), algorithm());
      if (algorithm == null) {
        throw new IOException(file + ": keys of type " + algorithm() + " are not supported");
      }
      Signature signature = algorithm.newSignature();
      signature.initSign(pair.getPrivate());
      signature.update(data);
      return new Buffer.PlainBuffer()
          .putString(signature.getSignatureName())
          .putBytes(signature.encode(signature.sign()))
          .getCompactData();
    }

    @Override
    public String toString() {
      return label();
    }
  }
}
