package dev.kitchenhooks.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.net.SocketFactory;
import net.schmizz.sshj.SSHClient;

/**
 * A TCP connection, with TCP_NODELAY: sshj never sets it, and Nagle's algorithm then costs 45 ms
 * for every command.
 */
final class SocketCarrier implements Carrier {
  private volatile Socket socket = new QuickSocket();
  private volatile boolean cut;

  /**
   * Tries all addresses of the name one after the other, as ssh does; sshj takes the first only.
   */
  @Override
  public void open(HostSettings host) throws IOException {
    long deadline = System.nanoTime() + host.connectTimeout().toNanos();
    List<InetAddress> addresses = addresses(host);
    IOException failure = new UnknownHostException(host.hostName());
    for (int i = 0; i < addresses.size(); i++) {
      long left = (deadline - System.nanoTime()) / (addresses.size() - i);
      if (cut || left <= 0) {
        throw new SocketTimeoutException("timed out");
      }
      try {
        connect(new InetSocketAddress(addresses.get(i), host.port()), Duration.ofNanos(left));
        return;
      } catch (IOException e) {
        failure = e;
      }
    }
    throw failure;
  }

  private void connect(InetSocketAddress address, Duration limit) throws IOException {
    Socket attempt = new QuickSocket();
    socket = attempt;
    try {
      attempt.setTcpNoDelay(true);
      attempt.connect(address, Math.toIntExact(Math.max(1, limit.toMillis())));
      if (cut) {
        throw new SocketTimeoutException("timed out");
      }
    } catch (IOException e) {
      attempt.close();
      throw e;
    }
  }

  private static List<InetAddress> addresses(HostSettings host) throws UnknownHostException {
    return Arrays.stream(InetAddress.getAllByName(host.hostName()))
        .filter(address ->
            switch (host.family()) {
              case ANY -> true;
              case INET -> address instanceof Inet4Address;
              case INET6 -> !(address instanceof Inet4Address);
            })
        .toList();
  }

  @Override
  public void handshake(SSHClient client, HostSettings host) throws IOException {
    client.setSocketFactory(new Connected(socket));
    // Host certificates are checked against this name.
    client.connect(host.hostKeys().alias().orElse(host.hostName()), host.port());
  }

  @Override
  public void cut() {
    cut = true;
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException("closing a socket does no I/O", e);
    }
  }

  /** Hands over a socket that is connected already; the other ways to ask are never used. */
  private static final class Connected extends SocketFactory {
    private final Socket socket;

    Connected(Socket socket) {
      this.socket = socket;
    }

    @Override
    public Socket createSocket() {
      return socket;
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }
  }
}
