package dev.kitchenhooks.cli;

import dev.kitchenhooks.console.Terminal;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out whether a stream goes to a terminal, and how wide it is. The JDK tells only whether all
 * three streams do; Linux tells of each by the link that stands for it.
 */
final class TerminalProbe {
  private static final int DEFAULT_COLUMNS = 80;
  private static final Pattern SIZE = Pattern.compile("\\d+ (\\d+)\\s*");

  private TerminalProbe() {}

  // The checker knows JDK 22; since 25 there is again no console where nobody sits at one.
  @SuppressWarnings("SystemConsoleNull")
  static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    try {
      String target = Files.readSymbolicLink(link).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      // No /proc: not Linux. Then only the JDK's own answer, for all streams at once, is left.
      Console console = System.console();
      return console != null && console.isTerminal();
    }
  }

  /** How stdout can be written to. */
  static Terminal terminal(Surroundings around, boolean noColour) {
    boolean interactive = around.outIsTerminal() && !around.variable("TERM", "dumb").equals("dumb");
    boolean colour = interactive && !noColour && around.variable("NO_COLOR", "").isEmpty();
    return new Terminal(
        interactive, interactive ? columns() : DEFAULT_COLUMNS, colour, isUtf8(around));
  }

  private static boolean isUtf8(Surroundings around) {
    for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String value = around.variable(name, "");
      if (!value.isEmpty()) {
        return value.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
      }
    }
    return false;
  }

  private static int columns() {
    try {
      Path terminal = Files.readSymbolicLink(Path.of("/proc/self/fd/1"));
      Process stty =
          new ProcessBuilder("stty", "-F", terminal.toString(), "size")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      Matcher m = SIZE.matcher(size);
      int columns = m.matches() ? Integer.parseInt(m.group(1)) : 0;
      return columns > 0 ? columns : DEFAULT_COLUMNS;
    } catch (IOException e) {
      return DEFAULT_COLUMNS;
    }
  }
}
