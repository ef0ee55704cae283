package dev.kitchenhooks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.ChefHold;
import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixProcess;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import dev.kitchenhooks.testkit.NodeFarm;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node that a run of another kitchen is at, in a run that is divided. */
@Timeout(180)
class BusyNodeTest {
  private static final String ONE = NodeFarm.name(1);
  private static final String TWO = NodeFarm.name(2);
  private static final String THREE = NodeFarm.name(3);

  @TempDir Path scratch;

  private KitchenBuilder kitchen(String name, NodeFarm farm) {
    KitchenBuilder kitchen =
        KitchenBuilder.in(scratch.resolve(name))
            .cfg(
                "[userinfo]",
                "ssh-config = " + farm.access().sshConfig(),
                "[kitchen]",
                "node_work_path = work");
    List.of(ONE, TWO, THREE).forEach(kitchen::node);
    return kitchen;
  }

  @Test
  void itsBatchIsTheLastAndTheRestGoesOnLater() throws Exception {
    try (NodeFarm farm = NodeFarm.start(3)) {
      KitchenBuilder theirs = kitchen("theirs", farm);
      KitchenBuilder ours = kitchen("ours", farm);
      try (ChefHold hold = farm.node(2).holdChef();
          FixProcess other =
              FixProcess.start(theirs.directory(), scratch.resolve("other"), "node:" + TWO)) {
        try (OutputStream _ = hold.awaitChef()) {
          FixResult stopped =
              FixCommand.in(ours).run("node:all", "--yes", "--batch", "1", "--output", "json");
          assertThat(stopped.exit()).as(stopped.out() + stopped.err()).isEqualTo(6);
          assertThat(stopped.outcomes())
              .isEqualTo(Map.of(ONE, "deployed", TWO, "unreachable", THREE, "not-started"));
          assertThat(stopped.reason(TWO)).contains("run ", " of ");
          assertThat(batches(stopped)).isEqualTo(2);
          assertThat(farm.node(3).commands()).isEmpty();

          FixResult goesOn =
              FixCommand.in(ours)
                  .run("node:all", "--yes", "--batch", "1", "--keep-going", "--output", "json");
          assertThat(goesOn.exit()).isEqualTo(6);
          assertThat(goesOn.outcomes())
              .isEqualTo(Map.of(ONE, "deployed", TWO, "unreachable", THREE, "deployed"));
          assertThat(batches(goesOn)).isEqualTo(3);
        }
        assertThat(other.await().exit()).isZero();
      }
      assertThat(farm.node(2).chefCalls()).as("ours never came to run there").hasSize(1);

      FixResult later = FixCommand.in(ours).run("rerun", "--output", "json");
      assertThat(later.exit()).as(later.out() + later.err()).isZero();
      assertThat(later.outcomes()).isEqualTo(Map.of(TWO, "deployed"));
    }
  }

  private static long batches(FixResult result) {
    return result.events().stream()
        .filter(event -> event.path("event").asString().equals("batch-started"))
        .count();
  }
}
