package dev.kitchenhooks.run;

import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.StopRequest;
import java.util.List;
import java.util.SortedMap;

/** The command that is run once a run: {@code fix wrap} without a node placeholder. */
public interface WholeRunCommand {
  /** Its argument vector, placeholders replaced. */
  List<String> argv();

  /**
   * @param values what global pre hooks have handed on, by key
   */
  DeployResult run(SortedMap<String, String> values, LineSink output, StopRequest stop);
}
