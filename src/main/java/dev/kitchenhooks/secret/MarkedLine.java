package dev.kitchenhooks.secret;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One line, and what of it is not to be shown. */
final class MarkedLine {
  private static final String MASK = "***";

  private final String text;
  private final int from;
  private final int to;
  private final List<Mark> marks = new ArrayList<>(2);

  private record Mark(int from, int to) {}

  /**
   * @param from where what goes on from the line before begins
   * @param to where what goes on in the next line ends
   */
  MarkedLine(String text, int from, int to) {
    this.text = text;
    this.from = from;
    this.to = to;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** How many characters can belong to something that spans lines. */
  int span() {
    return to - from;
  }

  void mark(int begin, int end) {
    marks.add(new Mark(begin, end));
  }

  /** The line as it may be shown. */
  String masked() {
    if (marks.isEmpty()) {
      return text;
    }
    marks.sort(Comparator.comparingInt(Mark::from));
    var shown = new StringBuilder(text.length());
    int done = 0;
    int masked = -1;
    for (Mark mark : marks) {
      if (mark.from() > masked) {
        shown.append(text, done, mark.from()).append(MASK);
      }
      masked = Math.max(masked, mark.to());
      done = masked;
    }
    return shown.append(text, done, text.length()).toString();
  }
}
