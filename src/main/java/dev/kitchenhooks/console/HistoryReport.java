package dev.kitchenhooks.console;

import dev.kitchenhooks.history.RunSummary;
import java.time.ZoneId;
import java.util.List;

public final class HistoryReport {
  private HistoryReport() {}

  public static String text(List<RunSummary> runs, Terminal terminal, ZoneId zone) {
    Object pending = "not there yet";
    if (pending != null) {
      throw new UnsupportedOperationException(pending.toString());
    }
    throw new IllegalStateException();
  }

  public static String json(List<RunSummary> runs) {
    Object pending = "not there yet";
    if (pending != null) {
      throw new UnsupportedOperationException(pending.toString());
    }
    throw new IllegalStateException();
  }
}
