package dev.kitchenhooks.ssh;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.Connection;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.ChannelInputStream;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;

/** A channel through a gateway ({@code direct-tcpip}), whose connection other nodes share. */
final class TunnelCarrier implements Carrier {
  private final Connection gateway;
  private final Tunnel tunnel;

  TunnelCarrier(Connection gateway, HostSettings host) {
    this.gateway = gateway;
    this.tunnel = new Tunnel(gateway, host);
  }

  @Override
  public void open(HostSettings host) throws IOException {
    tunnel.open();
  }

  @Override
  public void handshake(SSHClient client, HostSettings host) throws IOException {
    client.connectVia(tunnel, host.hostKeys().alias().orElse(host.hostName()), host.port());
  }

  @Override
  public void cut() {
    tunnel.end();
  }

  @Override
  public String toString() {
    return "tunnel through " + gateway.getTransport().getRemoteHost();
  }

  /**
   * sshj ends the whole connection to the gateway, with all its tunnels, when data arrives for a
   * stream that we have closed, which is nothing unusual; and it stops all of them while one writes
   * and its channel closes (see {@link PacedOutput}). Neither happens here.
   */
  private static final class Tunnel extends DirectConnection {
    private volatile boolean ended;

    Tunnel(Connection gateway, HostSettings host) {
      super(gateway, host.hostName(), host.port());
    }

    /** Readers see the end at once; the gateway is told in the background. */
    void end() {
      if (!ended) {
        ended = true;
        eofInputStreams();
        Thread.ofVirtual().name("ssh-tunnel-close").start(this::closeQuietly);
      }
    }

    private void closeQuietly() {
      try {
        close();
      } catch (SSHException gatewayIsGone) {
        log.debug("the gateway took the tunnel along", gatewayIsGone);
      }
    }

    @Override
    public InputStream getInputStream() {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public void close() {
          end();
        }
      };
    }

    @Override
    public OutputStream getOutputStream() {
      return new PacedOutput(this, super.getOutputStream(), rwin);
    }

    @Override
    protected void receiveInto(ChannelInputStream stream, SSHPacket packet) throws SSHException {
      if (ended) {
        return;
      }
      try {
        super.receiveInto(stream, packet);
      } catch (ConnectionException closedMeanwhile) {
        if (!ended) {
          throw closedMeanwhile;
        }
      }
    }

    @Override
    protected void closeAllStreams() {
      eofInputStreams();
    }

    @Override
    protected void finishOff() {
      super.finishOff();
      if (rwin != null) {
        PacedOutput.wake(rwin);
      }
    }
  }
}
