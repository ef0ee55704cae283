package dev.kitchenhooks.process;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * The little of Linux' /proc (proc(5)) that finds a process tree. A process that vanishes while it
 * is read is one that was not there: that is the normal case here, never an error.
 */
final class ProcFs {
  static final boolean AVAILABLE = Files.isReadable(Path.of("/proc/self/stat"));

  private static final File ROOT = new File("/proc");
  private static final byte[] GONE = {};

  private ProcFs() {}

  /**
   * One line of /proc/PID/stat.
   *
   * @param name the file name of its program, cut at 15 characters by the kernel
   * @param startTicks when it started, in clock ticks since boot: with the pid, the identity of a
   *     process
   */
  record Entry(long pid, String name, char state, long parent, long session, long startTicks) {
    /** It has ended; only its exit status waits for its parent. */
    boolean dead() {
      return state == 'Z' || state == 'X';
    }

    static Optional<Entry> parse(String stat) {
      int open = stat.indexOf('(');
      // The name may itself contain spaces and parentheses.
      int close = stat.lastIndexOf(')');
      if (open < 0 || close < 0) {
        return Optional.empty();
      }
      String[] rest = stat.substring(close + 2).split(" ", 22);
      return Optional.of(
          new Entry(
              Long.parseLong(stat.substring(0, open).trim()),
              stat.substring(open + 1, close),
              rest[0].charAt(0),
              Long.parseLong(rest[1]),
              Long.parseLong(rest[3]),
              Long.parseLong(rest[19])));
    }
  }

  /** The pid (or thread id) that the kernel gave out last. */
  static long lastPid() {
    String load = new String(read("/proc/loadavg"), StandardCharsets.US_ASCII);
    return Long.parseLong(load.substring(load.lastIndexOf(' ') + 1).trim());
  }

  /** All living processes whose pid is {@code wanted}. */
  static List<Entry> living(LongPredicate wanted) {
    List<Entry> found = new ArrayList<>();
    String[] names = ROOT.list();
    for (String name : names == null ? new String[0] : names) {
      if (Character.isDigit(name.charAt(0))) {
        long pid = Long.parseLong(name);
        if (wanted.test(pid)) {
          entry(pid).filter(entry -> !entry.dead()).ifPresent(found::add);
        }
      }
    }
    return found;
  }

  static Optional<Entry> entry(long pid) {
    return Entry.parse(new String(read("/proc/" + pid + "/stat"), StandardCharsets.UTF_8));
  }

  /** The environment that a process started with; empty also where it belongs to someone else. */
  static byte[] environment(long pid) {
    return read("/proc/" + pid + "/environ");
  }

  private static byte[] read(String file) {
    try (FileInputStream in = new FileInputStream(file)) {
      return in.readAllBytes();
    } catch (IOException gone) {
      return GONE;
    }
  }
}
