package dev.kitchenhooks.console;

import dev.kitchenhooks.history.PlainText;
import dev.kitchenhooks.history.RunFold;
import dev.kitchenhooks.history.StoredRequest;
import dev.kitchenhooks.run.RunEvent;
import dev.kitchenhooks.run.RunListener;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells a person how a run goes: what it will do, a line for each thing that happens, on a terminal
 * a status line below, and a recap at the end. Thread-safe.
 */
public final class ConsoleReport implements RunListener, AutoCloseable {
  private final Style style;
  private final Screen screen;
  private final InstantSource clock;
  private final Ticker ticker;
  private final EventLines lines;
  private final Progress progress;
  private final String fix;
  private final RunFold fold;
  private Ticker.@Nullable Ticking ticking;

  /**
   * @param out where to; its encoding must be able to show what {@code terminal} promises
   * @param fix how fix is called for the same kitchen, quoted for a shell: {@code fix}, {@code fix
   *     --kitchen DIR}
   * @param request how the run can be repeated
   */
  public ConsoleReport(
      PrintStream out, Terminal terminal, String fix, Optional<StoredRequest> request) {
    this(out, terminal, fix, request, InstantSource.system(), Ticker.EVERY_SECOND);
  }

  ConsoleReport(
      PrintStream out,
      Terminal terminal,
      String fix,
      Optional<StoredRequest> request,
      InstantSource clock,
      Ticker ticker) {
    this.fold = new RunFold(request);
    this.style = new Style(terminal);
    this.fix = fix;
    this.screen = new Screen(out, terminal);
    this.clock = clock;
    this.ticker = terminal.interactive() ? ticker : _ -> () -> {};
    this.lines = new EventLines(style);
    this.progress = new Progress(style);
  }

  @Override
  public synchronized void on(RunEvent event) {
    fold.on(event);
    progress.on(event);
    screen.lines(lines.of(event));
    if (event instanceof RunEvent.RunFinished) {
      close();
      var recap = new ArrayList<>(List.of(""));
      recap.addAll(Recap.of(fold.run(), fix, style, Recap.Extent.BRIEF));
      screen.lines(recap);
    } else {
      if (ticking == null) {
        ticking = ticker.start(() -> drawStatus(clock.instant()));
      }
      drawStatus(event.at());
    }
  }

  /**
   * {@code warning: } and the message on a line of its own, wherever the run stands. Of any thread.
   */
  public void warn(String message) {
    screen.lines(List.of(style.yellow("warning: " + PlainText.of(message))));
  }

  private synchronized void drawStatus(Instant now) {
    if (ticking != null) {
      screen.status(progress.line(now));
    }
  }

  /** Takes the status line away. Also done by the end of the run. */
  @Override
  public synchronized void close() {
    Ticker.Ticking running = ticking;
    ticking = null;
    if (running != null) {
      running.stop();
    }
    screen.status("");
  }
}
