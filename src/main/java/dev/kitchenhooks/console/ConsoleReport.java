package dev.kitchenhooks.console;

import dev.kitchenhooks.run.RunEvent;
import dev.kitchenhooks.run.RunListener;
import java.io.PrintStream;

public final class ConsoleReport implements RunListener, AutoCloseable {
  public ConsoleReport(PrintStream err, Terminal terminal) {}

  public void warn(String message) {}

  @Override
  public void on(RunEvent event) {}

  @Override
  public void close() {}
}
