package dev.kitchenhooks.history;

import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.plan.Batches;
import dev.kitchenhooks.plan.Limits;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.plan.SkippedHook;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.rules.Outcome;
import dev.kitchenhooks.rules.RunResult;
import dev.kitchenhooks.rules.StopSignal;
import dev.kitchenhooks.run.RunListener;
import dev.kitchenhooks.testkit.Plans;
import dev.kitchenhooks.testkit.ScriptedRun;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** A run in which everything that can be recorded happens. */
final class SampleRun {
  static final PlannedHook NOTICE = Plans.hook("notice", "global_predeployhook");
  static final PlannedHook DRAIN = Plans.hook("drain", "node_predeployhook");
  static final PlannedHook CHECK = Plans.hook("check", "node_postdeployhook");

  private SampleRun() {}

  static RunPlan plan() {
    List<PlannedNode> nodes =
        List.of(
            Plans.node("web1.example.com", List.of(DRAIN), List.of(CHECK)),
            Plans.node("web2.example.com", List.of(DRAIN), List.of(CHECK)),
            Plans.node("web3.example.com", List.of(DRAIN), List.of(CHECK)));
    List<NodeFacts> dummies = List.of(Plans.facts("ghost.example.com", "_default"));
    PlannedHook slow = Plans.hook("slow", "global_postdeployhook");
    return new RunPlan(
        "nodes_with_role:web",
        "deploy",
        Work.Converge.of(Work.Manner.USUAL),
        new Limits(2, 0, new Batches(List.of(2, 3))),
        List.of(NOTICE),
        nodes,
        dummies,
        List.of(),
        List.of(new SkippedHook(slow, "--skip-hooks tag:slow")));
  }

  static ScriptedRun tell(RunListener listener, String id) {
    var killed =
        new ProcessResult(
            137, ProcessResult.End.SIGNALLED, "killed by SIGKILL", Duration.ofMillis(321));
    return new ScriptedRun(listener)
        .start(id, plan())
        .hook(NOTICE, null, OptionalInt.empty(), 0, 40, "Grüße \u001b[31mrot\u001b[0m", "")
        .batchStarts(1, 2, 2)
        .nodeStarts("web1.example.com")
        .nodeStarts("web2.example.com")
        .connects("web1.example.com", 80)
        .hook(DRAIN, "web1.example.com", OptionalInt.empty(), 0, 300)
        .deployStarts("web1.example.com")
        .deploySays("web1.example.com", "Converging 3 resources")
        .nodeEnds("web2.example.com", Outcome.UNREACHABLE, "connection refused", 90)
        .after(8_000)
        .deployEnds("web1.example.com", 1, "", 8_000, "Converging 3 resources", "FATAL: no")
        .hook(CHECK, "web1.example.com", OptionalInt.of(1), killed, "a \"quoted\" line")
        .signal(StopSignal.SIGINT, false)
        .signal(StopSignal.SIGINT, true)
        .nodeEnds("web1.example.com", Outcome.FAILED, "deploy returned 1", 8_700)
        .nodeEnds("web3.example.com", Outcome.NOT_STARTED, "", 0)
        .end(130, 1, RunResult.End.INTERRUPTED);
  }
}
