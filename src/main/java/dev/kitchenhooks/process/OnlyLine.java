package dev.kitchenhooks.process;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells a program that setsid(1) could not start from one that ran and failed: setsid then prints
 * one line and exits 126 or 127 itself. {@link Executable} has refused what it could see; this is
 * for what only execve(2) knows, such as a file that is being written.
 */
final class OnlyLine implements LineSink {
  private int count;
  private String first = "";

  @Override
  public synchronized void line(String line) {
    if (count++ == 0) {
      first = line;
    }
  }

  synchronized Optional<String> refusal(Path program, int exitCode) {
    boolean refused =
        (exitCode == Executable.NOT_EXECUTABLE || exitCode == Executable.NOT_FOUND)
            && count == 1
            && first.startsWith("setsid: ")
            && first.contains(program.toString());
    return refused ? Optional.of(first.substring("setsid: ".length())) : Optional.empty();
  }
}
