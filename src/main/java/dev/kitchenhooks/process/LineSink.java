package dev.kitchenhooks.process;

/**
 * Takes output line by line, as it comes, without line ends; never throws. Lines are valid Unicode
 * (bytes that are not UTF-8 arrive as U+FFFD) and of bounded length. Called from one thread at a
 * time.
 */
@FunctionalInterface
public interface LineSink {
  void line(String line);

  /** Both get every line, this one first. */
  default LineSink and(LineSink other) {
    return line -> {
      line(line);
      other.line(line);
    };
  }
}
