package dev.kitchenhooks.history;

import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.run.RunEvent;
import dev.kitchenhooks.run.RunListener;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every line of output of a run in {@code runs/ID/output.log} (mode 0600), one line {@code
 * HH:mm:ss.SSS prefix | text} each, up to {@link #LIMIT_BYTES}. Written unbuffered: what was shown
 * is in the file, whatever kills the process.
 *
 * <p>Like the audit trail it refuses the start of a run that it cannot record, and later warns once
 * and lets the run go on.
 */
public final class OutputLog implements RunListener, AutoCloseable {
  /** A thousand nodes with eight kilobytes each; a flood must not fill the disk. */
  static final int LIMIT_BYTES = 8 * 1024 * 1024;

  private final Path runsDirectory;
  private final Consumer<String> warn;
  private final DateTimeFormatter time;
  private Path file = Path.of("output.log");
  private @Nullable OutputStream out;
  private int written;

  /**
   * @param runsDirectory holds a directory for each run
   * @param zone of the times in the log
   * @param warn is told, once, that the log is incomplete
   */
  public OutputLog(Path runsDirectory, ZoneId zone, Consumer<String> warn) {
    this.runsDirectory = runsDirectory;
    this.warn = warn;
    this.time = DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(zone);
  }

  /**
   * @throws FixException if the log of a run that starts cannot be made
   */
  @Override
  public void on(RunEvent event) {
    switch (event) {
      case RunEvent.RunStarted e -> open(e.runId());
      case RunEvent.HookOutput e -> line(e.at(), e.run().label(), e.line());
      case RunEvent.DeployOutput e -> line(e.at(), e.node(), e.line());
      case RunEvent.AppOutput e -> line(e.at(), e.node() + " " + e.app(), e.line());
      case RunEvent.CommandOutput e -> line(e.at(), "command", e.line());
      case RunEvent.RunFinished _ -> close();
      case RunEvent.HookStarted _,
          RunEvent.HookFinished _,
          RunEvent.NodeStarted _,
          RunEvent.NodeConnected _,
          RunEvent.DeployStarted _,
          RunEvent.DeployFinished _,
          RunEvent.AppStarted _,
          RunEvent.AppFinished _,
          RunEvent.AppEnded _,
          RunEvent.NodeFinished _,
          RunEvent.CommandStarted _,
          RunEvent.CommandFinished _,
          RunEvent.BatchStarted _,
          RunEvent.StopRequested _ -> {}
    }
  }

  private void open(String runId) {
    Path directory = runsDirectory.resolve(runId);
    file = directory.resolve("output.log");
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      create(file);
      // Not a channel: an interrupt of the thread would close that.
      out = new FileOutputStream(file.toFile(), true);
    } catch (IOException e) {
      throw FixException.invalid(
              "cannot write the output of the run to %s: %s".formatted(file, e.getMessage()),
              "a run is only started if it can be recorded: mend the cause, then try again")
          .causedBy(e);
    }
  }

  private static void create(Path file) throws IOException {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      if (!Files.exists(file)) {
        throw e;
      }
    }
  }

  private void line(Instant at, String prefix, String text) {
    if (out == null) {
      return;
    }
    byte[] line = bytes(time.format(at) + " " + prefix + " | " + PlainText.of(text));
    if (written + line.length > LIMIT_BYTES) {
      write(out, bytes("(not kept further: the output of this run is longer than 8 MB)"));
      close();
      return;
    }
    write(out, line);
  }

  private static byte[] bytes(String line) {
    return (line + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private void write(OutputStream to, byte[] line) {
    try {
      to.write(line);
      written += line.length;
    } catch (IOException e) {
      incomplete(e);
      close();
    }
  }

  private void incomplete(IOException e) {
    warn.accept(
        "cannot write %s: %s. The run goes on, but its output is not kept further."
            .formatted(file, e.getMessage()));
  }

  /** Also done by the end of the run. */
  @Override
  public void close() {
    OutputStream open = out;
    out = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        incomplete(e);
      }
    }
  }
}
