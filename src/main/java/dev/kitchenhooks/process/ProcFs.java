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

/**
 * The little of Linux' /proc (proc(5)) that finds a process tree. A process that vanishes while it
 * is read is one that was not there: that is the normal case here, never an error.
 */
final class ProcFs {
  static final boolean AVAILABLE = Files.isReadable(Path.of("/proc/self/stat"));

  private static final File ROOT = new File("/proc");

  /** Far more than the 52 numbers of a stat line need. */
  private static final int MAX_LINE_BYTES = 2048;

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
      String[] rest = stat.substring(close + 2).split(" ", 21);
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
    String load = line("/proc/loadavg").orElseThrow();
    return Long.parseLong(load.substring(load.lastIndexOf(' ') + 1).trim());
  }

  /** Where the numbers start again; 32,768 or 4,194,304 on most machines. */
  static long maxPid() {
    return Long.parseLong(line("/proc/sys/kernel/pid_max").orElse("32768").strip());
  }

  /** All processes, dead ones included. */
  static List<Long> pids() {
    return numbersIn(ROOT);
  }

  static Optional<Entry> entry(long pid) {
    return line("/proc/" + pid + "/stat").flatMap(Entry::parse);
  }

  /**
   * The environment that a process started with; absent where it is another user's. Empty while the
   * process changes its program in execve(2).
   */
  static Optional<byte[]> environment(long pid) {
    try (FileInputStream in = new FileInputStream("/proc/" + pid + "/environ")) {
      return Optional.of(in.readAllBytes());
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** What an open file is, e.g. {@code pipe:[4711]}. */
  static Optional<String> openFile(long pid, long descriptor) {
    try {
      Path link = Path.of("/proc/" + pid + "/fd/" + descriptor);
      return Optional.of(Files.readSymbolicLink(link).toString());
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** Whether the process has {@code file} open, named as {@link #openFile} does. */
  static boolean holds(long pid, String file) {
    for (long descriptor : numbersIn(new File("/proc/" + pid + "/fd"))) {
      if (openFile(pid, descriptor).equals(Optional.of(file))) {
        return true;
      }
    }
    return false;
  }

  private static List<Long> numbersIn(File directory) {
    String[] names = directory.list();
    List<Long> numbers = new ArrayList<>();
    for (String name : names == null ? new String[0] : names) {
      if (Character.isDigit(name.charAt(0))) {
        numbers.add(Long.parseLong(name));
      }
    }
    return numbers;
  }

  /** One line, which the kernel gives in one read. */
  private static Optional<String> line(String file) {
    byte[] buffer = new byte[MAX_LINE_BYTES];
    try (FileInputStream in = new FileInputStream(file)) {
      int count = in.read(buffer);
      return count <= 0
          ? Optional.empty()
          : Optional.of(new String(buffer, 0, count, StandardCharsets.UTF_8));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
