package dev.kitchenhooks.ssh;

import java.io.IOException;
import java.io.OutputStream;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.AbstractChannel;
import net.schmizz.sshj.connection.channel.Window;

/**
 * Writes to a channel only what the other side has room for.
 *
 * <p>sshj's stream waits for room while it holds its own lock; the thread that reads the whole
 * connection wants that lock when the channel closes, so a command that ends without reading its
 * input stops every channel of the connection for 30 seconds. And after 30 seconds without room it
 * gives up, though the other side may only be slow. Here the waiting is done without the lock, for
 * as long as the channel is open.
 */
final class PacedOutput extends OutputStream {
  private final AbstractChannel channel;
  private final OutputStream raw;
  private final Window.Remote window;

  PacedOutput(AbstractChannel channel, OutputStream raw, Window.Remote window) {
    this.channel = channel;
    this.raw = raw;
    this.window = window;
  }

  /** Wakes a writer that waits for room on a channel that has ended, so that it finds out. */
  static void wake(Window.Remote window) {
    window.expand(1);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      int room = (int) Math.min(awaitRoom(), window.getMaxPacketSize());
      int now = Math.min(room, end - at);
      raw.write(bytes, at, now);
      raw.flush();
      at += now;
    }
  }

  private long awaitRoom() throws IOException {
    while (true) {
      if (!channel.isOpen()) {
        throw new ConnectionException("the channel is closed");
      }
      long room = window.getSize();
      if (room > 0) {
        return room;
      }
      try {
        window.awaitExpansion(0);
      } catch (ConnectionException stillNoRoom) {
        if (Thread.currentThread().isInterrupted()) {
          throw stillNoRoom;
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    raw.close();
  }
}
