package dev.kitchenhooks.history;

import dev.kitchenhooks.run.RunEvent;
import dev.kitchenhooks.run.RunListener;
import java.nio.file.Path;
import java.util.function.Consumer;

public final class OutputLog implements RunListener, AutoCloseable {
  public OutputLog(Path runsDirectory, Consumer<String> warn) {}

  @Override
  public void on(RunEvent event) {}

  @Override
  public void close() {}
}
