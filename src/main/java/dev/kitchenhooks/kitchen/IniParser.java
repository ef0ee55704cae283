package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.json.Position;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads INI as Python's ConfigParser does, for LittleChef's files were read by it. Python 2's rules
 * hold (a {@code ;} after white space begins a comment, {@code rem} lines, {@code ""} is an empty
 * value), and where they would refuse a file that Python 3 reads, Python 3's: keys and comments may
 * be indented, and a line continues a value if it is indented deeper than its key.
 */
final class IniParser {
  private static final Pattern SECTION = Pattern.compile("\\[([^\\]]+)\\]");
  private static final Pattern ENTRY = Pattern.compile("(.*?)\\s*[=:]\\s*(.*)", Pattern.DOTALL);
  private static final Pattern REM = Pattern.compile("(?i)rem(\\s.*)?", Pattern.DOTALL);
  private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");

  private final String file;
  private final Problems problems;
  private final List<IniFile.Section> sections = new ArrayList<>();
  private IniFile.@Nullable Section section;
  private @Nullable Pending pending;
  private int indentation;
  private boolean keyBeforeSection;

  /** An entry whose value may go on. */
  private record Pending(String key, Position keyPlace, List<String> lines, Position valuePlace) {}

  private IniParser(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /**
   * Reads a text.
   *
   * @param problems receives every line that is none of INI's; they never show the line itself, for
   *     it may hold a password
   */
  static IniFile parse(String file, String text, Problems problems) {
    var parser = new IniParser(file, problems);
    String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
    String[] lines = LINE_END.split(content, -1);
    for (int i = 0; i < lines.length; i++) {
      parser.line(i + 1, lines[i]);
    }
    parser.finish();
    return new IniFile(file, List.copyOf(parser.sections));
  }

  private void line(int number, String line) {
    String text = line.strip();
    if (text.isEmpty()) {
      // A value may hold empty lines; those at its end are cut off when it is finished.
      if (pending != null) {
        pending.lines.add("");
      }
      return;
    }
    if (text.startsWith("#") || text.startsWith(";") || REM.matcher(line).matches()) {
      return;
    }
    int indent = line.indexOf(text);
    if (pending != null && indent > indentation) {
      pending.lines.add(text);
      return;
    }
    indentation = indent;
    finish();
    Matcher header = SECTION.matcher(text);
    if (header.lookingAt()) {
      section =
          new IniFile.Section(header.group(1), new Position(number, indent + 1), new ArrayList<>());
      sections.add(section);
    } else {
      entry(number, indent, text);
    }
  }

  private void entry(int number, int indent, String text) {
    var place = new Position(number, indent + 1);
    if (section == null) {
      if (!keyBeforeSection) {
        error(place, "a line before the first section", "begin with a section such as [userinfo]");
      }
      keyBeforeSection = true;
      return;
    }
    Matcher entry = ENTRY.matcher(text);
    if (!entry.matches() || entry.group(1).isEmpty()) {
      error(place, "neither a [section] nor a key = value", "a line that goes on is indented");
      return;
    }
    var lines = new ArrayList<String>();
    lines.add(withoutComment(entry.group(2)));
    pending =
        new Pending(
            entry.group(1).toLowerCase(Locale.ROOT),
            place,
            lines,
            new Position(number, indent + 1 + entry.start(2)));
  }

  /** Python 2's rule to the letter: only the first semicolon counts, and only after white space. */
  private static String withoutComment(String value) {
    int semicolon = value.indexOf(';');
    boolean comment =
        semicolon == 0 || (semicolon > 0 && Character.isWhitespace(value.charAt(semicolon - 1)));
    String kept = comment ? value.substring(0, semicolon).strip() : value;
    return kept.equals("\"\"") ? "" : kept;
  }

  private void finish() {
    if (pending != null && section != null) {
      String value = String.join("\n", pending.lines).stripTrailing();
      section
          .entries()
          .add(new IniFile.Entry(file, pending.key, pending.keyPlace, value, pending.valuePlace));
    }
    pending = null;
  }

  private void error(Position at, String message, String hint) {
    problems.add(Problem.error(file, at.line(), at.column(), message).withHint(hint));
  }
}
