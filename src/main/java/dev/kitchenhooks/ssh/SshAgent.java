package dev.kitchenhooks.ssh;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The caller's ssh-agent, draft-miller-ssh-agent. One connection for each question, so that an
 * agent which goes away and comes back, or asks a person first, holds nobody else up.
 *
 * <p>sshj has an agent of its own from 0.41 on; this goes when that is out.
 */
final class SshAgent {
  private static final byte REQUEST_IDENTITIES = 11;
  private static final byte IDENTITIES_ANSWER = 12;
  private static final byte SIGN_REQUEST = 13;
  private static final byte SIGN_RESPONSE = 14;

  /** SSH_AGENT_RSA_SHA2_512. */
  private static final int RSA_SHA2_512 = 4;

  /** OpenSSH's own limit of one message, in bytes. */
  private static final int MAX_MESSAGE = 256 * 1024;

  private final Path socket;

  SshAgent(Path socket) {
    this.socket = socket;
  }

  /**
   * All keys and certificates of the agent, in its order.
   *
   * @throws IOException if the agent cannot be asked
   */
  List<ClientKey> keys() throws IOException {
    ByteBuffer answer = ask(ByteBuffer.allocate(1).put(REQUEST_IDENTITIES).flip());
    expect(IDENTITIES_ANSWER, answer);
    var keys = new ArrayList<ClientKey>();
    for (int left = answer.getInt(); left > 0; left--) {
      byte[] key = string(answer);
      byte[] comment = string(answer);
      keys.add(new AgentKey(key, new String(comment, StandardCharsets.UTF_8)));
    }
    return keys;
  }

  private byte[] sign(byte[] key, byte[] data, int flags) throws IOException {
    var request = ByteBuffer.allocate(1 + 4 + key.length + 4 + data.length + 4);
    request.put(SIGN_REQUEST).putInt(key.length).put(key).putInt(data.length).put(data);
    ByteBuffer answer = ask(request.putInt(flags).flip());
    expect(SIGN_RESPONSE, answer);
    return string(answer);
  }

  private static void expect(byte type, ByteBuffer answer) throws IOException {
    if (answer.get() != type) {
      throw new IOException("the ssh-agent refused");
    }
  }

  private static byte[] string(ByteBuffer message) throws IOException {
    int length = message.getInt();
    if (length < 0 || length > message.remaining()) {
      throw new IOException("the ssh-agent answered garbage");
    }
    byte[] bytes = new byte[length];
    message.get(bytes);
    return bytes;
  }

  private ByteBuffer ask(ByteBuffer request) throws IOException {
    try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      ByteBuffer length = ByteBuffer.allocate(4).putInt(request.remaining()).flip();
      for (ByteBuffer part : List.of(length, request)) {
        while (part.hasRemaining()) {
          channel.write(part);
        }
      }
      int size = readFully(channel, ByteBuffer.allocate(4)).getInt();
      if (size < 1 || size > MAX_MESSAGE) {
        throw new IOException("the ssh-agent answered garbage");
      }
      return readFully(channel, ByteBuffer.allocate(size));
    }
  }

  private static ByteBuffer readFully(SocketChannel channel, ByteBuffer into) throws IOException {
    while (into.hasRemaining()) {
      if (channel.read(into) < 0) {
        throw new EOFException("the ssh-agent hung up");
      }
    }
    return into.flip();
  }

  private final class AgentKey implements ClientKey {
    private final byte[] key;
    private final String comment;
    private final String type;

    AgentKey(byte[] key, String comment) throws IOException {
      this.key = key;
      this.comment = comment;
      this.type = new String(string(ByteBuffer.wrap(key)), StandardCharsets.US_ASCII);
    }

    @Override
    public ByteBuffer publicKey() {
      return ByteBuffer.wrap(key);
    }

    @Override
    public String algorithm() {
      return ClientKey.algorithmFor(type);
    }

    @Override
    public String label() {
      return "agent key " + (comment.isBlank() ? type : comment);
    }

    @Override
    public byte[] sign(byte[] data) throws IOException {
      return SshAgent.this.sign(key, data, type.startsWith("ssh-rsa") ? RSA_SHA2_512 : 0);
    }
  }
}
