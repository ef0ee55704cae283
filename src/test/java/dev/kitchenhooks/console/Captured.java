package dev.kitchenhooks.console;

import dev.kitchenhooks.run.RunEvent;
import dev.kitchenhooks.run.RunListener;
import dev.kitchenhooks.testkit.ScriptedRun;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A console report with its stream, its clock and its ticks in the hands of a test. */
final class Captured implements RunListener, InstantSource {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  final ConsoleReport report;
  private Instant now = ScriptedRun.START;
  private @Nullable Runnable tick;

  Captured(Terminal terminal) {
    this(terminal, "fix");
  }

  Captured(Terminal terminal, String fix) {
    report =
        new ConsoleReport(
            new PrintStream(bytes, true, StandardCharsets.UTF_8),
            terminal,
            fix,
            Optional.empty(),
            this,
            action -> {
              tick = action;
              return () -> tick = null;
            });
  }

  @Override
  public void on(RunEvent event) {
    now = event.at();
    report.on(event);
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** A second goes by. */
  void second() {
    now = now.plusSeconds(1);
    if (tick != null) {
      tick.run();
    }
  }

  boolean ticks() {
    return tick != null;
  }

  String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
