package dev.kitchenhooks.console;

import dev.kitchenhooks.history.PlainText;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.rules.Tally;
import dev.kitchenhooks.run.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How far a run is, in one line. */
final class Progress {
  private final Style style;
  private final Map<String, String> running = new LinkedHashMap<>();
  private final Map<Integer, String> globalHooks = new TreeMap<>();
  private Instant start = Instant.EPOCH;
  private boolean commandOnce;
  private boolean commandRuns;
  private boolean stopping;
  private boolean shortNames;
  private String batch = "";
  private int planned;
  private Tally tally = Tally.NONE;

  Progress(Style style) {
    this.style = style;
  }

  void on(RunEvent event) {
    switch (event) {
      case RunEvent.RunStarted e -> start(e.at(), e.plan());
      case RunEvent.HookStarted e -> {
        if (e.run().node().isEmpty()) {
          globalHooks.put(e.run().number(), PlainText.of(e.run().label()));
        }
      }
      case RunEvent.HookFinished e -> globalHooks.remove(e.run().number());
      case RunEvent.BatchStarted e -> batch = "batch %d of %d".formatted(e.number(), e.of());
      case RunEvent.NodeStarted e -> running.put(e.node(), shown(e.node()));
      case RunEvent.NodeFinished e -> {
        running.remove(e.node());
        tally = tally.plus(e.outcome());
      }
      case RunEvent.CommandStarted _ -> commandRuns = true;
      case RunEvent.CommandFinished _ -> commandRuns = false;
      case RunEvent.StopRequested _ -> stopping = true;
      case RunEvent.NodeConnected _,
          RunEvent.DeployStarted _,
          RunEvent.DeployFinished _,
          RunEvent.HookOutput _,
          RunEvent.DeployOutput _,
          RunEvent.AppStarted _,
          RunEvent.AppOutput _,
          RunEvent.AppFinished _,
          RunEvent.AppEnded _,
          RunEvent.CommandOutput _,
          RunEvent.RunFinished _ -> {}
    }
  }

  private void start(Instant at, RunPlan plan) {
    start = at;
    planned = plan.nodes().size();
    commandOnce = plan.work() instanceof Work.CommandOnce;
    long distinct =
        plan.nodes().stream().map(PlannedNode::fqdn).map(Progress::firstLabel).distinct().count();
    shortNames = distinct == planned;
  }

  /** {@code web4} says enough where no other node of the run is called so. */
  private String shown(String fqdn) {
    return PlainText.of(shortNames ? firstLabel(fqdn) : fqdn);
  }

  private static String firstLabel(String fqdn) {
    int dot = fqdn.indexOf('.');
    // The first number of an address is not its name.
    boolean address =
        !fqdn.isEmpty() && fqdn.chars().allMatch(c -> c == '.' || Character.isDigit(c));
    return dot < 0 || address ? fqdn : fqdn.substring(0, dot);
  }

  /** {@code 3 done · 2 running (web4, web5) · 45 left · 1 failed · 00:12}. */
  String line(Instant now) {
    var parts = new ArrayList<String>();
    if (stopping) {
      parts.add("stopping");
    }
    if (commandOnce) {
      if (commandRuns) {
        parts.add("command running");
      }
    } else {
      parts.addAll(nodes());
    }
    parts.addAll(globalHooks.values());
    parts.add(Elapsed.clock(Duration.between(start, now)));
    return String.join(style.dot(), parts);
  }

  private List<String> nodes() {
    var parts = new ArrayList<String>();
    if (!batch.isEmpty()) {
      parts.add(batch);
    }
    int done = tally.total() - tally.notStarted();
    parts.add(done + " done");
    if (!running.isEmpty()) {
      parts.add(running.size() + " running (" + String.join(", ", running.values()) + ")");
    }
    int left = planned - done - running.size();
    if (left > 0) {
      parts.add(left + " left");
    }
    count(parts, tally.failed(), " failed");
    count(parts, tally.unreachable(), " unreachable");
    count(parts, tally.skipped(), " skipped");
    return parts;
  }

  private static void count(List<String> parts, int number, String what) {
    if (number > 0) {
      parts.add(number + what);
    }
  }
}
