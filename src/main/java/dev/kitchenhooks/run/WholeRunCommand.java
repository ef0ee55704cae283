package dev.kitchenhooks.run;

import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.StopRequest;
import java.util.List;

/** The command that is run once a run: {@code fix wrap} without a node placeholder. */
public interface WholeRunCommand {
  /** Its argument vector, placeholders replaced. */
  List<String> argv();

  DeployResult run(LineSink output, StopRequest stop);
}
