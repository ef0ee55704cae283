package dev.kitchenhooks.run;

import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.LocalCommand;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.process.StopRequest;

/** Runs local programs. Thread-safe. */
@FunctionalInterface
public interface ProcessRunner {
  ProcessResult run(LocalCommand command, LineSink output, StopRequest stop);
}
