package dev.kitchenhooks.process;

import dev.kitchenhooks.process.ProcFs.Entry;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * One look at the processes of this machine, shared by all trees that ask for one at the same time:
 * with hundreds of them, each reading of all that the others started would be work squared. What it
 * does not need it does not read.
 */
final class ProcTable {
  private static final ReentrantLock LOCK = new ReentrantLock();

  /** Guarded by the lock, as is all that is read for it. */
  private static ProcTable latest = new ProcTable(0, List.of(), 0);

  private final long lookedNanos;
  private final List<Long> pids;
  private final long lastPid;
  private final Map<Long, Optional<Entry>> entries = new HashMap<>();
  private final Map<Long, Mark> marks = new HashMap<>();

  private ProcTable(long lookedNanos, List<Long> pids, long lastPid) {
    this.lookedNanos = lookedNanos;
    this.pids = pids;
    this.lastPid = lastPid;
  }

  /**
   * The value of {@link ProcessTree#VARIABLE} in the environment of a process.
   *
   * @param trees empty: it has none
   * @param unknown it has no environment now, as in the middle of execve(2)
   */
  record Mark(String trees, boolean unknown) {}

  /**
   * Gives {@code work} a look that began after this call did. One at a time: whoever waits here
   * meanwhile shares the next look, with all that was read for it.
   */
  static <T> T look(Function<ProcTable, T> work) {
    long asked = System.nanoTime();
    LOCK.lock();
    try {
      if (latest.pids.isEmpty() || latest.lookedNanos - asked < 0) {
        long now = System.nanoTime();
        List<Long> pids = ProcFs.pids();
        latest = new ProcTable(now, pids, ProcFs.lastPid());
      }
      return work.apply(latest);
    } finally {
      LOCK.unlock();
    }
  }

  List<Long> pids() {
    return pids;
  }

  /** At least that of every process in the list, unless the numbers went round. */
  long lastPid() {
    return lastPid;
  }

  Optional<Entry> entry(long pid) {
    return entries.computeIfAbsent(pid, ProcFs::entry);
  }

  Mark mark(long pid) {
    return marks.computeIfAbsent(pid, ProcTable::readMark);
  }

  private static Mark readMark(long pid) {
    Optional<byte[]> environment = ProcFs.environment(pid);
    if (environment.isEmpty() || environment.get().length == 0) {
      return new Mark("", environment.isPresent());
    }
    String start = ProcessTree.VARIABLE + "=";
    // Every byte is a character in this encoding, whatever the environment holds.
    for (String variable :
        new String(environment.get(), StandardCharsets.ISO_8859_1).split("\0", -1)) {
      if (variable.startsWith(start)) {
        return new Mark(variable.substring(start.length()), false);
      }
    }
    return new Mark("", false);
  }
}
