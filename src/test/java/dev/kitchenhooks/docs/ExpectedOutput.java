package dev.kitchenhooks.docs;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Output as a page shows it: {@code …} stands for anything in a line, and alone for any number of
 * lines; times and ids of runs are those of the day on which it was written.
 */
record ExpectedOutput(List<String> lines) {
  private static final String ANYTHING = "…";
  private static final Pattern VARYING =
      Pattern.compile(
          ANYTHING
              + "|(?<run>\\d{8}-\\d{6}-[0-9a-f]{4})"
              + "|(?<day>\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d)"
              + "|(?<took>\\d+\\.\\ds)");

  boolean matches(String actual) {
    String regex = lines.stream().map(ExpectedOutput::line).collect(Collectors.joining()) + "\\s*";
    return Pattern.matches(regex, actual.strip() + "\n");
  }

  private static String line(String line) {
    return line.equals(ANYTHING) ? "(?:.*\\n)*?" : inLine(line) + "\\n";
  }

  private static String inLine(String line) {
    var regex = new StringBuilder();
    Matcher varying = VARYING.matcher(line);
    int done = 0;
    while (varying.find()) {
      regex.append(Pattern.quote(line.substring(done, varying.start())));
      regex.append(
          varying.group("run") != null
              ? "\\d{8}-\\d{6}-[0-9a-f]{4}"
              : varying.group("day") != null
                  ? "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d"
                  : varying.group("took") != null ? "\\d+\\.\\ds" : ".*");
      done = varying.end();
    }
    return regex.append(Pattern.quote(line.substring(done))).toString();
  }
}
