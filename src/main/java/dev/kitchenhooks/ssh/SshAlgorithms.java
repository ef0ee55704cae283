package dev.kitchenhooks.ssh;

import com.hierynomus.sshj.key.KeyAlgorithms;
import com.hierynomus.sshj.transport.cipher.BlockCiphers;
import com.hierynomus.sshj.transport.cipher.GcmCiphers;
import com.hierynomus.sshj.transport.kex.DHGroups;
import com.hierynomus.sshj.transport.kex.ExtInfoClientFactory;
import com.hierynomus.sshj.transport.mac.Macs;
import com.hierynomus.sshj.userauth.keyprovider.OpenSSHKeyV1KeyFile;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.List;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.ConfigImpl;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.common.LoggerFactory;
import net.schmizz.sshj.common.SecurityUtils;
import net.schmizz.sshj.signature.SignatureRSA;
import net.schmizz.sshj.transport.compression.NoneCompression;
import net.schmizz.sshj.transport.kex.Curve25519SHA256;
import net.schmizz.sshj.transport.kex.ECDHNistP;
import net.schmizz.sshj.transport.kex.KeyExchange;
import net.schmizz.sshj.transport.random.JCERandom;
import net.schmizz.sshj.transport.random.SingletonRandomFactory;
import net.schmizz.sshj.userauth.keyprovider.PKCS8KeyFile;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/**
 * What is offered to servers: what OpenSSH 7 and later have on by default, and nothing of the
 * arcfour, 3DES, MD5, SHA-1 and ssh-dss that sshj offers too. Group exchange is left out on
 * purpose: sshj 0.40 does not check host certificates in it.
 *
 * <p>Made once and shared by all connections: sshj takes 7 ms for each, 100 ms for the first.
 */
final class SshAlgorithms {
  private SshAlgorithms() {}

  /** Holds the one there is, made on first use. */
  private static final class Holder {
    static final Config CONFIG = make();
  }

  static Config config() {
    return Holder.CONFIG;
  }

  /** Makes it, and has the JVM load what a handshake with an OpenSSH of today uses. */
  static void warmUp() {
    config();
    try {
      KeyPairGenerator.getInstance("X25519").generateKeyPair();
      KeyAgreement.getInstance("X25519");
      Signature.getInstance("Ed25519");
      KeyFactory.getInstance("Ed25519");
      Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      // A JVM without one of them does without: what is agreed on with the node then is another.
      return;
    }
  }

  private static Config make() {
    SecurityUtils.setRegisterBouncyCastle(false);
    EcNames.install();
    var config = new ConfigImpl();
    config.setLoggerFactory(new QuietUnlessDebugging());
    config.setVersion("fix_sshj_0.40");
    config.setRandomFactory(new SingletonRandomFactory(new JCERandom.Factory()));
    config.setKeepAliveProvider(KeepAliveProvider.KEEP_ALIVE);
    config.setCompressionFactories(List.of(new NoneCompression.Factory()));
    config.setKeyExchangeFactories(
        List.of(
            new Curve25519SHA256.Factory(),
            new Curve25519SHA256.FactoryLibSsh(),
            new ECDHNistP.Factory256(),
            new ECDHNistP.Factory384(),
            new ECDHNistP.Factory521(),
            new LateKeyExchange("diffie-hellman-group16-sha512", DHGroups::Group16SHA512),
            new LateKeyExchange("diffie-hellman-group18-sha512", DHGroups::Group18SHA512),
            new LateKeyExchange("diffie-hellman-group14-sha256", DHGroups::Group14SHA256),
            new ExtInfoClientFactory()));
    config.setCipherFactories(
        List.of(
            GcmCiphers.AES128GCM(),
            GcmCiphers.AES256GCM(),
            BlockCiphers.AES128CTR(),
            BlockCiphers.AES192CTR(),
            BlockCiphers.AES256CTR()));
    config.setMACFactories(
        List.of(
            Macs.HMACSHA2256Etm(), Macs.HMACSHA2512Etm(), Macs.HMACSHA2256(), Macs.HMACSHA2512()));
    // Plain keys before certificates: those are asked for where a @cert-authority is known.
    config.setKeyAlgorithms(
        List.of(
            KeyAlgorithms.EdDSA25519(),
            KeyAlgorithms.ECDSASHANistp256(),
            KeyAlgorithms.ECDSASHANistp384(),
            KeyAlgorithms.ECDSASHANistp521(),
            KeyAlgorithms.RSASHA512(),
            KeyAlgorithms.RSASHA256(),
            KeyAlgorithms.EdDSA25519CertV01(),
            KeyAlgorithms.ECDSASHANistp256CertV01(),
            KeyAlgorithms.ECDSASHANistp384CertV01(),
            KeyAlgorithms.ECDSASHANistp521CertV01(),
            new KeyAlgorithms.Factory(
                "rsa-sha2-512-cert-v01@openssh.com",
                new SignatureRSA.FactoryRSASHA512(),
                KeyType.RSA_CERT),
            new KeyAlgorithms.Factory(
                "rsa-sha2-256-cert-v01@openssh.com",
                new SignatureRSA.FactoryRSASHA256(),
                KeyType.RSA_CERT)));
    config.setFileKeyProviderFactories(
        List.of(new OpenSSHKeyV1KeyFile.Factory(), new PKCS8KeyFile.Factory()));
    return config;
  }

  /**
   * One that is prepared when it is agreed on: the numbers of sshj's groups take a tenth of a short
   * run to read, and no OpenSSH of today asks for them.
   */
  private record LateKeyExchange(String name, Supplier<Factory.Named<KeyExchange>> factory)
      implements Factory.Named<KeyExchange> {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public KeyExchange create() {
      return factory.get().create();
    }
  }

  /**
   * sshj logs as errors, with stack traces, what it throws as well; whoever wants to read it asks
   * for this package's debug level.
   */
  private static final class QuietUnlessDebugging implements LoggerFactory {
    private final LoggerFactory delegate = LoggerFactory.DEFAULT;
    private final boolean debugging =
        org.slf4j.LoggerFactory.getLogger(SshAlgorithms.class).isDebugEnabled();

    @Override
    public Logger getLogger(String name) {
      return debugging ? delegate.getLogger(name) : NOPLogger.NOP_LOGGER;
    }

    @Override
    public Logger getLogger(Class<?> type) {
      return debugging ? delegate.getLogger(type) : NOPLogger.NOP_LOGGER;
    }
  }
}
