package dev.kitchenhooks.process;

/** Names of signals, and how Java and shells report a death by one. */
final class Signals {
  private static final int BASE = 128;
  private static final int LAST = 31;

  private Signals() {}

  /**
   * Whether an exit code says that a signal ended the process: 129 to 159. Java reports 128 plus
   * the signal, as shells do for their children; a program that exits with such a code by itself,
   * like a shell script whose last command was killed, cannot be told apart.
   */
  static boolean ended(int exitCode) {
    return exitCode > BASE && exitCode <= BASE + LAST;
  }

  /** The name of the signal in {@code exitCode}. The numbers named are the same on all Unixes. */
  static String name(int exitCode) {
    return switch (exitCode - BASE) {
      case 1 -> "SIGHUP";
      case 2 -> "SIGINT";
      case 3 -> "SIGQUIT";
      case 4 -> "SIGILL";
      case 5 -> "SIGTRAP";
      case 6 -> "SIGABRT";
      case 8 -> "SIGFPE";
      case 9 -> "SIGKILL";
      case 11 -> "SIGSEGV";
      case 13 -> "SIGPIPE";
      case 14 -> "SIGALRM";
      case 15 -> "SIGTERM";
      default -> "signal " + (exitCode - BASE);
    };
  }
}
