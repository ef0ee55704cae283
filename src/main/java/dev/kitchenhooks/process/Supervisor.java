package dev.kitchenhooks.process;

import dev.kitchenhooks.process.StopRequest.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Waits for one process tree and ends it. Other threads report what happens ({@link #exited},
 * {@link #drained}, {@link #stop}); one thread waits. Interrupting that one counts as {@link
 * Level#KILL}; its interrupt flag is set again by {@link #restoreInterrupt}.
 */
final class Supervisor {
  /** For what is left after a normal end: it had its time while the process ran. */
  private static final Duration LEFTOVER_GRACE = Duration.ofMillis(500);

  /** Whoever outlives SIGKILL so long is stuck in the kernel, or belongs to another user. */
  private static final Duration KILL_LIMIT = Duration.ofSeconds(5);

  /** The dead have closed their output; what is left in the pipe only has to be read. */
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(5);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean exited;
  private boolean drained;
  private boolean interrupted;
  private long updates;
  private Level level = Level.NONE;

  /** For what a process has written before it exited to be read. */
  private static final Duration BACKGROUND_GRACE = Duration.ofMillis(500);

  /** How the wait for a process ended. */
  enum Wait {
    /** It exited, and nothing holds its output any more. */
    ENDED,
    /** It exited, but its output was still open at the timeout, or when it was told to stop. */
    OUTPUT_OPEN,
    TIMEOUT,
    STOPPED
  }

  void exited() {
    update(() -> exited = true);
  }

  void drained() {
    update(() -> drained = true);
  }

  void stop(Level newLevel) {
    update(() -> level = newLevel);
  }

  boolean stopRequested() {
    lock.lock();
    try {
      return level != Level.NONE;
    } finally {
      lock.unlock();
    }
  }

  Wait await(Deadline timeout) {
    lock.lock();
    try {
      await(() -> ended() || level != Level.NONE, timeout);
      if (exited) {
        return drained ? Wait.ENDED : Wait.OUTPUT_OPEN;
      }
      return level == Level.NONE ? Wait.TIMEOUT : Wait.STOPPED;
    } finally {
      lock.unlock();
    }
  }

  /** Like {@link #await}, but whoever else holds the output has only a moment after the exit. */
  Wait awaitExit(Deadline timeout) {
    lock.lock();
    try {
      await(() -> exited || level != Level.NONE, timeout);
      if (exited) {
        await(this::ended, Deadline.in(BACKGROUND_GRACE));
      }
    } finally {
      lock.unlock();
    }
    return await(Deadline.in(Duration.ZERO));
  }

  /**
   * Waits for the end of the output of a process that has exited, whatever it was told meanwhile.
   */
  Wait awaitEnd() {
    lock.lock();
    try {
      await(this::ended, Deadline.in(DRAIN_LIMIT));
      return ended() ? Wait.ENDED : Wait.OUTPUT_OPEN;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends what is left after a normal end.
   *
   * @return those that could not be killed
   */
  List<ProcessTree.Member> endLeftovers(ProcessTree tree) {
    return end(tree, LEFTOVER_GRACE);
  }

  /**
   * SIGTERM, then SIGKILL {@code killAfter} later, or as soon as that level is requested.
   *
   * @return those that could not be killed
   */
  List<ProcessTree.Member> end(ProcessTree tree, Duration killAfter) {
    lock.lock();
    try {
      Deadline grace = Deadline.in(killAfter);
      Backoff backoff = new Backoff();
      List<ProcessTree.Member> left = killing(grace) ? tree.members() : tree.terminate();
      while (!left.isEmpty() && !killing(grace)) {
        pause(backoff, grace);
        // Again, for those that were being forked the last time.
        left = tree.terminate();
      }
      if (!left.isEmpty()) {
        left = kill(tree);
      }
      await(this::ended, Deadline.in(DRAIN_LIMIT));
      return left;
    } finally {
      lock.unlock();
    }
  }

  void restoreInterrupt() {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean killing(Deadline grace) {
    return level == Level.KILL || grace.passed();
  }

  private List<ProcessTree.Member> kill(ProcessTree tree) {
    Deadline limit = Deadline.in(KILL_LIMIT);
    Backoff backoff = new Backoff();
    List<ProcessTree.Member> left = tree.kill();
    while (!left.isEmpty() && !limit.passed()) {
      pause(backoff, limit);
      left = tree.kill();
    }
    return left;
  }

  private boolean ended() {
    return exited && drained;
  }

  /** Until something happens; for what nobody tells us, not longer than the next step back. */
  private void pause(Backoff backoff, Deadline limit) {
    long seen = updates;
    await(() -> updates != seen, Deadline.in(backoff.next()).or(limit));
  }

  private void update(Runnable change) {
    lock.lock();
    try {
      change.run();
      updates++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Must hold the lock. */
  private void await(BooleanSupplier done, Deadline deadline) {
    while (!done.getAsBoolean() && !deadline.passed()) {
      try {
        changed.awaitNanos(deadline.remainingNanos());
      } catch (InterruptedException e) {
        interrupted = true;
        level = Level.KILL;
        updates++;
      }
    }
  }
}
