package dev.kitchenhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import dev.kitchenhooks.testkit.NodeFarm;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What LittleChef does, or should not have done, and no other test is about. */
@Timeout(120)
class LittleChefBehavioursTest {
  private static final String ONE = NodeFarm.name(1);
  private static final String TWO = NodeFarm.name(2);

  @TempDir Path scratch;

  private KitchenBuilder kitchen(String... cfg) {
    return KitchenBuilder.in(scratch.resolve("kitchen")).cfg(cfg).node(ONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-c", "--concurrency"})
  void aNumberThatIsMissingIsMissed(String option) {
    for (String next : new String[] {"", "x", "0"}) {
      FixResult result =
          next.isEmpty()
              ? FixCommand.in(kitchen()).run("node:" + ONE, option)
              : FixCommand.in(kitchen()).run("node:" + ONE, option, next);
      assertThat(result.exit()).as(result.err()).isEqualTo(2);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).startsWith("fix: ").contains("--concurrency");
    }
  }

  @Test
  void aNodeThatNamesNoEnvironmentIsInTheDefaultOne() {
    KitchenBuilder kitchen = kitchen().nodeJson(TWO, "{\"run_list\": []}");
    FixResult list = FixCommand.in(kitchen).run("list_nodes", "--env", "_default");
    assertThat(list.out()).contains(TWO + "\n  Environment: _default\n");
  }

  @Test
  void theTagDummyMakesADummy() throws Exception {
    try (NodeFarm farm = NodeFarm.start(2)) {
      KitchenBuilder kitchen =
          kitchen(
                  "[userinfo]",
                  "ssh-config = " + farm.access().sshConfig(),
                  "[kitchen]",
                  "node_work_path = work")
              .nodeJson(TWO, "{\"run_list\": [], \"tags\": [\"dummy\"]}");
      assertThat(FixCommand.in(kitchen).run("list_nodes").out()).contains(TWO + "  (dummy)");

      FixResult run = FixCommand.in(kitchen).run("node:all", "--yes", "--output", "json");

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.outcomes()).containsEntry(ONE, "deployed");
      assertThat(farm.node(2).commands()).isEmpty();
    }
  }

  @Test
  void theEnvironmentOfTheOrderNeverBecomesANodes() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1)) {
      KitchenBuilder kitchen =
          kitchen(
                  "[userinfo]",
                  "ssh-config = " + farm.access().sshConfig(),
                  "[kitchen]",
                  "node_work_path = work",
                  "converge_command = cat node.json")
              .environment("staging")
              .environment("production")
              .node(ONE, "production");

      FixResult run = FixCommand.in(kitchen).run("--env", "staging", "node:" + ONE);

      assertThat(run.exit()).as(run.out() + run.err()).isZero();
      assertThat(run.out()).contains("\"chef_environment\" : \"production\"");
      FixResult all = FixCommand.in(kitchen).run("--env", "staging", "node:all", "--yes");
      assertThat(all.exit()).isZero();
      assertThat(all.err()).contains("No nodes match; nothing to do.");
    }
  }

  @Test
  void aNodeThatIsDownIsNoReasonToLeaveTheOthersAndIsNamed() throws Exception {
    try (NodeFarm farm = NodeFarm.start(2)) {
      KitchenBuilder kitchen =
          kitchen(
                  "[userinfo]",
                  "ssh-config = " + farm.access().sshConfig(),
                  "[kitchen]",
                  "node_work_path = work")
              .node(TWO);
      farm.node(1).close();

      FixResult run = FixCommand.in(kitchen).run("node:all", "--yes", "-c", "2", "--keep-going");

      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.out())
          .containsPattern(ONE + " +unreachable ")
          .containsPattern(TWO + " +deployed ")
          .contains("1 deployed, 1 unreachable");
      assertThat(farm.node(2).chefCalls()).hasSize(1);
    }
  }
}
