package dev.kitchenhooks.ssh;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.Connection;
import net.schmizz.sshj.connection.channel.ChannelInputStream;
import net.schmizz.sshj.connection.channel.direct.SessionChannel;

/**
 * A channel for one command. What it writes to stderr comes through the same stream as its stdout,
 * in the order of arrival, as {@code 2>&1} has it; and no thread of sshj waits for its input, see
 * {@link PacedOutput}.
 */
final class MergedChannel extends SessionChannel {

  MergedChannel(Connection connection) {
    super(connection, StandardCharsets.UTF_8);
  }

  /** The command's stdin. Only once the channel is open. */
  OutputStream input() {
    return new PacedOutput(this, getOutputStream(), rwin);
  }

  @Override
  protected void gotExtendedData(SSHPacket packet) throws SSHException {
    packet.readUInt32();
    receiveInto((ChannelInputStream) getInputStream(), packet);
  }

  /** Not the output: closing it takes the lock of whoever writes, and there is nobody to tell. */
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
