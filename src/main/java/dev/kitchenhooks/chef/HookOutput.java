package dev.kitchenhooks.chef;

import dev.kitchenhooks.process.LineSink;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Takes what hook.sh prints apart: the hook's own lines, which it passes on, and what the script
 * says of it, in lines that begin with a word that only the two know.
 */
final class HookOutput implements LineSink {
  /** Enough to find the reason in what sudo says. */
  private static final int KEPT = 20;

  /** How it ended, in the words of hook.sh. */
  enum How {
    /** By itself, and its output with it. */
    EXITED,
    /** By itself, but its output was held open until that was told to end too. */
    OPEN,
    /** It was told to. */
    ENDED,
    /** It was not started. */
    NEVER
  }

  /**
   * What came of it.
   *
   * @param code the exit code
   * @param why it was never started
   */
  record Ended(int code, How how, String why) {}

  private enum Stage {
    BEFORE,
    RUNNING,
    AFTER,
    COMPOSE
  }

  private final String prefix;
  private final LineSink output;
  private final Runnable onStart;
  private final Runnable onEnd;
  private final Deque<String> before = new ArrayDeque<>();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final ByteArrayOutputStream compose = new ByteArrayOutputStream();
  private final List<String> holders = new ArrayList<>();
  private final List<String> survivors = new ArrayList<>();
  private Stage stage = Stage.BEFORE;
  private boolean emptyLine;
  private Optional<Ended> ended = Optional.empty();

  /**
   * @param token begins the script's lines
   * @param output gets the hook's
   * @param onStart called when the hook is about to be started
   * @param onEnd called when all has been said
   */
  HookOutput(String token, LineSink output, Runnable onStart, Runnable onEnd) {
    this.prefix = token + " ";
    this.output = output;
    this.onStart = onStart;
    this.onEnd = onEnd;
  }

  @Override
  public synchronized void line(String line) {
    if (line.startsWith(prefix)) {
      String[] words = line.substring(prefix.length()).split(" ", 2);
      said(words[0], words.length > 1 ? words[1] : "");
      return;
    }
    switch (stage) {
      case BEFORE -> {
        before.addLast(line);
        if (before.size() > KEPT) {
          before.removeFirst();
        }
      }
      case RUNNING -> pass(line);
      case AFTER -> written.writeBytes(bytes(line));
      case COMPOSE -> compose.writeBytes(bytes(line));
    }
  }

  /** As {@code od} has them. */
  private static byte[] bytes(String line) {
    return HexFormat.of().parseHex(line.replace(" ", ""));
  }

  private void said(String word, String text) {
    switch (word) {
      case "started" -> {
        stage = Stage.RUNNING;
        onStart.run();
      }
      case "output" -> stage = Stage.AFTER;
      case "compose" -> stage = Stage.COMPOSE;
      case "held" -> holders.addAll(names(text));
      case "left" -> survivors.add(text);
      case "end" -> {
        String[] end = text.split(" ", 3);
        ended =
            Optional.of(
                new Ended(
                    Integer.parseInt(end[0]),
                    How.valueOf(end[1].toUpperCase(Locale.ROOT)),
                    end.length > 2 ? end[2] : ""));
        onEnd.run();
      }
      default -> throw new IllegalStateException("hook.sh says " + word);
    }
  }

  private static List<String> names(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split(" "));
  }

  /** The script ends the last line of a hook that did not: that may make an empty one. */
  private void pass(String line) {
    if (emptyLine) {
      output.line("");
    }
    emptyLine = line.isEmpty();
    if (!emptyLine) {
      output.line(line);
    }
  }

  /** Empty where the connection broke first. */
  synchronized Optional<Ended> ended() {
    return ended;
  }

  synchronized boolean started() {
    return stage != Stage.BEFORE;
  }

  /** What the node printed instead of starting the hook. */
  synchronized List<String> before() {
    return List.copyOf(before);
  }

  /** What the hook has written to {@code FIX_OUTPUT}; of very much only the beginning. */
  synchronized byte[] written() {
    return written.toByteArray();
  }

  /** What has become of the compose file. */
  synchronized Optional<byte[]> composeFile() {
    return stage == Stage.COMPOSE ? Optional.of(compose.toByteArray()) : Optional.empty();
  }

  /** Who was there when the hook was told to end. */
  synchronized List<String> holders() {
    return List.copyOf(holders);
  }

  /** Who could not be killed. */
  synchronized List<String> survivors() {
    return List.copyOf(survivors);
  }
}
