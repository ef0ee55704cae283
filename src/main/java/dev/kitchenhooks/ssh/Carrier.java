package dev.kitchenhooks.ssh;

import java.io.IOException;
import net.schmizz.sshj.SSHClient;

/** What carries a connection's bytes: a socket, or a channel through a gateway. */
interface Carrier {

  /** Reaches the host. Blocks. */
  void open(HostSettings host) throws IOException;

  /** Lets the client greet the server and agree on keys, over this. Blocks. */
  void handshake(SSHClient client, HostSettings host) throws IOException;

  /** Ends it at once, whoever opens, reads or writes; never blocks. */
  void cut();
}
