package dev.kitchenhooks.ssh;

import java.io.Serial;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyFactorySpi;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyPairGeneratorSpi;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import org.jspecify.annotations.Nullable;

/**
 * sshj asks the JDK for "ECDSA" keys, a name that only BouncyCastle has; the JDK calls them "EC".
 * These few lines are all that sshj needs of BouncyCastle, which costs half a second at start.
 */
final class EcNames extends Provider {
  @Serial private static final long serialVersionUID = 1L;

  private static final String NAME = "KitchenHooksEcNames";

  private EcNames() {
    super(NAME, "1", "The JDK's EC keys under the name ECDSA");
  }

  /** Makes the name known to the JDK, once. */
  static synchronized void install() {
    if (Security.getProvider(NAME) == null) {
      var provider = new EcNames();
      provider.putService(
          new Service(provider, "KeyFactory", "ECDSA", Keys.class.getName(), null, null) {
            @Override
            public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
              return new Keys();
            }
          });
      provider.putService(
          new Service(provider, "KeyPairGenerator", "ECDSA", Pairs.class.getName(), null, null) {
            @Override
            public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
              return new Pairs();
            }
          });
      Security.addProvider(provider);
    }
  }

  private static final class Keys extends KeyFactorySpi {
    private final KeyFactory jdk;

    Keys() throws NoSuchAlgorithmException {
      jdk = KeyFactory.getInstance("EC");
    }

    @Override
    protected PublicKey engineGeneratePublic(KeySpec spec) throws InvalidKeySpecException {
      return jdk.generatePublic(spec);
    }

    @Override
    protected PrivateKey engineGeneratePrivate(KeySpec spec) throws InvalidKeySpecException {
      return jdk.generatePrivate(spec);
    }

    @Override
    protected <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> type)
        throws InvalidKeySpecException {
      return jdk.getKeySpec(key, type);
    }

    @Override
    protected Key engineTranslateKey(Key key) throws InvalidKeyException {
      return jdk.translateKey(key);
    }
  }

  private static final class Pairs extends KeyPairGeneratorSpi {
    private final KeyPairGenerator jdk;

    Pairs() throws NoSuchAlgorithmException {
      jdk = KeyPairGenerator.getInstance("EC");
    }

    @Override
    public void initialize(int size, SecureRandom random) {
      jdk.initialize(size, random);
    }

    @Override
    public void initialize(AlgorithmParameterSpec parameters, SecureRandom random)
        throws InvalidAlgorithmParameterException {
      jdk.initialize(parameters, random);
    }

    @Override
    public KeyPair generateKeyPair() {
      return jdk.generateKeyPair();
    }
  }
}
