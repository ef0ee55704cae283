package dev.kitchenhooks.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bad network: passes TCP connections on to a port of this machine, and cuts them or lets
 * everything vanish after so many bytes.
 */
public final class TcpProxy implements AutoCloseable {
  private static final int BUFFER = 16 * 1024;

  /** What happens to bytes after the last one that goes through. */
  public enum Then {
    /** The connection is reset. */
    CUT,
    /** It stays open, and nothing goes through any more. */
    VANISH
  }

  private final ServerSocket listener;
  private final int target;
  private final Then then;
  private final AtomicLong left;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  private TcpProxy(int target, Then then, long bytes) throws IOException {
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.target = target;
    this.then = then;
    this.left = new AtomicLong(bytes);
  }

  /** Passes on {@code bytes} bytes, both ways and all connections counted together. */
  public static TcpProxy to(int port, Then then, long bytes) throws IOException {
    var proxy = new TcpProxy(port, then, bytes);
    Thread.ofVirtual().name("proxy").start(proxy::accept);
    return proxy;
  }

  /** On 127.0.0.1. */
  public int port() {
    return listener.getLocalPort();
  }

  /** From now on only so many bytes more go through. */
  public void allow(long bytes) {
    left.set(bytes);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        sockets.add(client);
        var server = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(server);
        Thread.ofVirtual().name("proxy-up").start(() -> pass(client, server));
        Thread.ofVirtual().name("proxy-down").start(() -> pass(server, client));
      } catch (IOException closed) {
        close();
      }
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        int allowed = Math.clamp(left.getAndAdd(-count), 0, count);
        out.write(buffer, 0, allowed);
        if (allowed < count) {
          if (then == Then.CUT) {
            reset(from);
            reset(to);
          }
          return;
        }
      }
      to.shutdownOutput();
    } catch (IOException ended) {
      reset(from);
      reset(to);
    }
  }

  private static void reset(Socket socket) {
    try (socket) {
      if (!socket.isClosed()) {
        socket.setSoLinger(true, 0);
      }
    } catch (IOException closedMeanwhile) {
      // By the thread of the other direction.
      return;
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sockets.forEach(TcpProxy::reset);
  }
}
