package dev.kitchenhooks.ssh;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A key that we can prove to have: a file, or one that an agent keeps for us. */
interface ClientKey {

  /** The public key, or a certificate for it, in wire format. */
  ByteBuffer publicKey();

  /** The name of the algorithm that is asked for, e.g. {@code rsa-sha2-512}. */
  String algorithm();

  /** For messages: where the key comes from. */
  String label();

  /**
   * Signs {@code data}.
   *
   * @return the signature in wire format: the algorithm's name, then the signature itself
   */
  byte[] sign(byte[] data) throws IOException;

  /** The same key, shown together with what an authority says of it. */
  default ClientKey certifiedBy(PublicKeyFile certificate) {
    ClientKey key = this;
    return new ClientKey() {
      @Override
      public ByteBuffer publicKey() {
        return certificate.key();
      }

      @Override
      public String algorithm() {
        return algorithmFor(certificate.type());
      }

      @Override
      public String label() {
        return certificate.file().toString();
      }

      @Override
      public byte[] sign(byte[] data) throws IOException {
        return key.sign(data);
      }
    };
  }

  /**
   * RSA keys sign with SHA-512: their type's name stands for SHA-1, which servers refuse by now.
   * Every server since OpenSSH 7.2 takes it.
   */
  static String algorithmFor(String keyType) {
    return switch (keyType) {
      case "ssh-rsa" -> "rsa-sha2-512";
      case "ssh-rsa-cert-v01@openssh.com" -> "rsa-sha2-512-cert-v01@openssh.com";
      default -> keyType;
    };
  }
}
