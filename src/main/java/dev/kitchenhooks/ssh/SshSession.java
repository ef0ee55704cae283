package dev.kitchenhooks.ssh;

import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.remote.RemoteResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A node's connection as deploys see it. */
final class SshSession implements NodeSession {
  private final SshLink link;
  private final Supervision.Limits limits;
  private final AtomicInteger running = new AtomicInteger();

  SshSession(SshLink link, Supervision.Limits limits) {
    this.link = link;
    this.limits = limits;
  }

  @Override
  public RemoteResult run(
      String commandLine,
      Input stdin,
      LineSink output,
      Optional<Duration> timeout,
      StopRequest stop) {
    var command = new RemoteCommand(link, commandLine, stdin, output);
    var group = new ProcessGroup(link, running::get);
    running.incrementAndGet();
    try {
      return new Supervision(command, link, group, limits, timeout).run(stop);
    } finally {
      running.decrementAndGet();
    }
  }

  @Override
  public boolean isUp() {
    return link.isUp();
  }

  @Override
  public void close() {
    link.close();
  }
}
