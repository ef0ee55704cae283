package dev.kitchenhooks.process;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The trees that run now, so that they end with this JVM: nobody else would watch their limits. A
 * JVM killed by SIGKILL cannot do this.
 */
final class LiveTrees {
  /** Process-wide, as JVM shutdown is. */
  static final LiveTrees ALL = new LiveTrees();

  private static final Duration GRACE = Duration.ofMillis(500);

  private final Set<ProcessTree> trees = new HashSet<>();
  private boolean hooked;
  private boolean closed;

  private LiveTrees() {}

  /** False if the JVM is shutting down already. */
  synchronized boolean add(ProcessTree tree) {
    if (!hooked && !closed) {
      try {
        Runtime.getRuntime()
            .addShutdownHook(Thread.ofPlatform().name("end-processes").unstarted(this::endAll));
        hooked = true;
      } catch (IllegalStateException shuttingDown) {
        closed = true;
      }
    }
    return !closed && trees.add(tree);
  }

  synchronized void remove(ProcessTree tree) {
    trees.remove(tree);
  }

  private void endAll() {
    List<ProcessTree> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(trees);
    }
    Deadline grace = Deadline.in(GRACE);
    Backoff backoff = new Backoff();
    try {
      while (!grace.passed() && anyAlive(left)) {
        Thread.sleep(backoff.next());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    left.forEach(ProcessTree::kill);
  }

  /** Tells all, without stopping at the first. */
  private static boolean anyAlive(List<ProcessTree> trees) {
    return trees.stream().filter(tree -> !tree.terminate().isEmpty()).count() > 0;
  }
}
