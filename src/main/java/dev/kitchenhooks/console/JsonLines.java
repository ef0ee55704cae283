package dev.kitchenhooks.console;

import dev.kitchenhooks.run.RunEvent;
import dev.kitchenhooks.run.RunListener;
import java.io.OutputStream;
import java.util.function.Consumer;

public final class JsonLines implements RunListener {
  public JsonLines(OutputStream out, Consumer<String> warn) {}

  @Override
  public void on(RunEvent event) {}
}
