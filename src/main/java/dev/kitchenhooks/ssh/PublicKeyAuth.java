package dev.kitchenhooks.ssh;

import java.io.IOException;
import java.nio.ByteBuffer;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AbstractAuthMethod;

/**
 * RFC 4252 section 7 for any {@link ClientKey}: asks whether the server would take the key, and
 * only then signs. sshj's own wants the private key in memory, so it cannot use an agent, and tries
 * RSA keys twice, which counts against the server's MaxAuthTries.
 */
final class PublicKeyAuth extends AbstractAuthMethod {
  private final ClientKey key;

  PublicKeyAuth(ClientKey key) {
    super("publickey");
    this.key = key;
  }

  @Override
  protected SSHPacket buildReq() throws UserAuthException {
    return request(false);
  }

  @Override
  public void handle(Message message, SSHPacket packet)
      throws UserAuthException, TransportException {
    if (message != Message.USERAUTH_60) {
      super.handle(message, packet);
      return;
    }
    SSHPacket request = request(true);
    byte[] data =
        new Buffer.PlainBuffer()
            .putString(params.getTransport().getSessionID())
            .putBuffer(request)
            .getCompactData();
    try {
      request.putBytes(key.sign(data));
    } catch (IOException e) {
      throw new UserAuthException(key.label() + ": " + e.getMessage(), e);
    }
    params.getTransport().write(request);
  }

  private SSHPacket request(boolean signed) throws UserAuthException {
    ByteBuffer wire = key.publicKey().duplicate();
    byte[] publicKey = new byte[wire.remaining()];
    wire.get(publicKey);
    return super.buildReq().putBoolean(signed).putString(key.algorithm()).putString(publicKey);
  }
}
