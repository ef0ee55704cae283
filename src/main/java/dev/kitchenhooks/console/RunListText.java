package dev.kitchenhooks.console;

import dev.kitchenhooks.history.PlainText;
import dev.kitchenhooks.kitchen.RunListLine;
import java.util.List;

/** A run list as a tree. */
final class RunListText {
  private static final String STEP = "  ";

  private RunListText() {}

  static List<String> lines(List<RunListLine> runList, String indent, Style style) {
    return runList.stream()
        .map(line ->
            indent + STEP.repeat(line.depth()) + PlainText.of(line.text()) + remark(line, style))
        .toList();
  }

  private static String remark(RunListLine line, Style style) {
    return line.remark()
        .map(remark -> {
          String text = "  (" + remark.words() + ")";
          return switch (remark) {
            case MISSING, CYCLE, BROKEN -> style.red(text);
            case ABOVE, UNREAD -> style.dim(text);
          };
        })
        .orElse("");
  }
}
