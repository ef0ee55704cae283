package dev.kitchenhooks.cli;

import dev.kitchenhooks.hook.HookType;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.remote.ShellWords;
import java.util.ArrayList;
import java.util.List;

/**
 * What the operator asks for.
 *
 * @param orders which nodes
 * @param phase which hooks
 * @param work what is done
 * @param options how
 */
record RunRequest(List<String> orders, String phase, Work work, RunOptions options) {

  /**
   * What a person would type after {@code fix}, for the plan, the history and {@code FIX_COMMAND}.
   */
  String text() {
    var words = new ArrayList<String>();
    if (!(work instanceof Work.Converge)) {
      words.add("wrap");
    }
    options.environment().ifPresent(e -> words.addAll(List.of("--env", e)));
    if (!phase.equals(HookType.DEPLOY)) {
      words.addAll(List.of("--phase", phase));
    }
    if (work instanceof Work.Converge(boolean whyRun) && whyRun) {
      words.add("--why-run");
    }
    words.addAll(options.asWords());
    words.addAll(orders);
    switch (work) {
      case Work.Converge _ -> {}
      case Work.CommandPerNode(List<String> command) -> addCommand(words, command);
      case Work.CommandOnce(List<String> command) -> addCommand(words, command);
    }
    return ShellWords.join(words);
  }

  private static void addCommand(List<String> words, List<String> command) {
    words.add("--");
    words.addAll(command);
  }
}
