package dev.kitchenhooks.ssh;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketOption;
import jdk.net.ExtendedSocketOptions;

/**
 * A socket that confirms at once what it has read, where the system can do that. OpenSSH's server
 * leaves Nagle's algorithm on until a session has begun: it holds back its answer until the packet
 * before has been confirmed, which a system does 40 ms late where it has nothing to say itself.
 */
final class QuickSocket extends Socket {
  private static final SocketOption<Boolean> AT_ONCE = ExtendedSocketOptions.TCP_QUICKACK;

  @Override
  public InputStream getInputStream() throws IOException {
    InputStream in = super.getInputStream();
    return canConfirm() ? new Reading(in) : in;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    OutputStream out = super.getOutputStream();
    return canConfirm() ? new Writing(out) : out;
  }

  private boolean canConfirm() {
    return supportedOptions().contains(AT_ONCE);
  }

  /** Linux goes back to waiting by itself with each answer that is sent, so this is said often. */
  private void confirm() throws IOException {
    setOption(AT_ONCE, true);
  }

  private final class Reading extends FilterInputStream {
    Reading(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      confirm();
      return super.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      confirm();
      return super.read(into, offset, length);
    }
  }

  private final class Writing extends FilterOutputStream {
    Writing(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int one) throws IOException {
      super.write(one);
      confirm();
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      out.write(from, offset, length);
      confirm();
    }
  }
}
