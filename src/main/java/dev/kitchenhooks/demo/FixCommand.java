package dev.kitchenhooks.demo;

import java.util.List;
import java.util.Map;

/** Runs {@code fix} as the command line does, in this process. */
@FunctionalInterface
public interface FixCommand {
  /**
   * @param args the words after {@code fix}
   * @param variables what stands in the caller's environment besides what is there already
   * @return the exit code
   */
  int run(List<String> args, Map<String, String> variables);
}
