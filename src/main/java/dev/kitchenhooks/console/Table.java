package dev.kitchenhooks.console;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Rows of cells under each other. Colours are put on after the cells have their width. */
public final class Table {
  private static final String GAP = "  ";

  /** Which way a column leans. */
  public enum Align {
    LEFT,
    RIGHT
  }

  /**
   * @param text what is shown
   * @param colour put around it
   */
  public record Cell(String text, UnaryOperator<String> colour) {
    /** Without a colour. */
    public static Cell of(String text) {
      return new Cell(text, UnaryOperator.identity());
    }

    private int width() {
      return text.codePointCount(0, text.length());
    }
  }

  private final List<Align> columns;
  private final List<List<Cell>> rows = new ArrayList<>();

  /**
   * @param columns how each leans, from left to right
   */
  public Table(Align... columns) {
    this.columns = List.of(columns);
  }

  /** Adds a row; it has a cell for each column. */
  public void row(Cell... cells) {
    rows.add(List.of(cells));
  }

  /** The rows, without space at the end of a line, and without columns in which nothing stands. */
  public List<String> lines() {
    int[] widths = new int[columns.size()];
    for (List<Cell> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).width());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private String line(List<Cell> row, int[] widths) {
    int last = row.size() - 1;
    while (last > 0 && row.get(last).text().isEmpty()) {
      last--;
    }
    var line = new StringBuilder();
    for (int i = 0; i <= last; i++) {
      Cell cell = row.get(i);
      String padding = " ".repeat(widths[i] - cell.width());
      if (widths[i] == 0) {
        continue;
      }
      if (!line.isEmpty()) {
        line.append(GAP);
      }
      switch (columns.get(i)) {
        case LEFT -> line.append(cell.colour().apply(cell.text())).append(i == last ? "" : padding);
        case RIGHT -> line.append(padding).append(cell.colour().apply(cell.text()));
      }
    }
    return line.toString();
  }
}
