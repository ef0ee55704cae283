package dev.kitchenhooks.history;

import dev.kitchenhooks.run.RunEvent;
import dev.kitchenhooks.run.RunListener;
import java.util.function.Consumer;

public final class AuditTrail implements RunListener {
  public AuditTrail(RunHistory history, Consumer<String> warn) {}

  @Override
  public void on(RunEvent event) {}
}
