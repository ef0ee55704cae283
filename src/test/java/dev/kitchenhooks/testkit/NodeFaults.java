package dev.kitchenhooks.testkit;

import dev.kitchenhooks.demo.NodeWatcher;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** What a test sees and spoils of an embedded node. */
final class NodeFaults implements NodeWatcher {
  final List<String> commands = new CopyOnWriteArrayList<>();
  final AtomicLong inputLeft = new AtomicLong(Long.MAX_VALUE);
  final AtomicLong inputSeen = new AtomicLong();
  final BlockingQueue<Boolean> logins = new LinkedBlockingQueue<>();
  final BlockingQueue<Boolean> ends = new LinkedBlockingQueue<>();
  volatile boolean refuseLogins;
  volatile Duration slowness = Duration.ZERO;

  @Override
  public boolean acceptsLogins() {
    return !refuseLogins;
  }

  @Override
  public void loggedIn() {
    logins.add(true);
  }

  @Override
  public void disconnected() {
    ends.add(true);
  }

  @Override
  public void commandArrived(String commandLine) {
    commands.add(commandLine);
    if (!slowness.isZero()) {
      LockSupport.parkNanos(slowness.toNanos());
    }
  }

  @Override
  public int inputArrived(int bytes) {
    inputSeen.addAndGet(bytes);
    long before = inputLeft.getAndAdd(-bytes);
    return Math.clamp(before, 0, bytes);
  }
}
