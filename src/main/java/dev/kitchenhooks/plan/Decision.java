package dev.kitchenhooks.plan;

import dev.kitchenhooks.hook.FilterKey;
import dev.kitchenhooks.hook.Verdict;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Why a hook runs or does not. */
public sealed interface Decision {
  /** One line for people, to follow the hook's name. */
  String text();

  /** Whether the hook runs. */
  default boolean runs() {
    return false;
  }

  /**
   * It runs.
   *
   * @param matching for a global hook the selected nodes that all its filters match; for a node
   *     hook empty
   */
  record Runs(List<String> matching) implements Decision {
    private static final int SHOWN = 5;

    @Override
    public boolean runs() {
      return true;
    }

    @Override
    public String text() {
      if (matching.isEmpty()) {
        return "runs";
      }
      String shown = matching.stream().limit(SHOWN).collect(Collectors.joining(", "));
      int more = matching.size() - SHOWN;
      return "runs: its filters match " + shown + (more > 0 ? " and " + more + " more" : "");
    }
  }

  /** One of its filters does not match the node, or the command. */
  record Filtered(Verdict.DoesNotRun verdict) implements Decision {
    @Override
    public String text() {
      return "does not run: " + verdict.text();
    }
  }

  /**
   * A hook, none of whose nodes match.
   *
   * @param leftOut how many selected nodes each filter left out
   */
  record NoNodeMatches(Map<FilterKey, Integer> leftOut) implements Decision {
    @Override
    public String text() {
      if (leftOut.isEmpty()) {
        return "does not run: no node is selected that anything is done to";
      }
      String counts =
          leftOut.entrySet().stream()
              .map(e -> "%s left out %d".formatted(e.getKey().key(), e.getValue()))
              .collect(Collectors.joining(", "));
      return "does not run: no selected node matches (" + counts + ")";
    }
  }

  /** A flag leaves it out: {@code --no-hooks}, {@code --skip-hooks}, {@code --why-run}. */
  record Skipped(String flag) implements Decision {
    @Override
    public String text() {
      return flag.equals("--why-run")
          ? "does not run: --why-run, and the hook does not say \"why_run\": true"
          : "does not run: left out by " + flag;
    }
  }

  record Disabled() implements Decision {
    @Override
    public String text() {
      return "does not run: \"enabled\" is false";
    }
  }

  /**
   * @param phase the run's
   */
  record OtherPhase(String phase) implements Decision {
    @Override
    public String text() {
      return "does not run: this run's phase is " + phase;
    }
  }

  record OnlyByHand() implements Decision {
    @Override
    public String text() {
      return "does not run: only fix hooks run starts it";
    }
  }

  /** The wrapped command runs once, so there is nothing for node hooks to wrap. */
  record CommandRunsOnce() implements Decision {
    @Override
    public String text() {
      return "does not run: the command has no {node} in it and runs once, in global hooks only";
    }
  }

  /** A hook of applications, and none of the node has its turn. */
  record NoApplication() implements Decision {
    @Override
    public String text() {
      return "does not run: no application of this node is deployed";
    }
  }

  /** The node is a dummy: nothing is done to it. */
  record DummyNode() implements Decision {
    @Override
    public String text() {
      return "does not run: the node is a dummy";
    }
  }
}
