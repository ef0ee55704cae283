package dev.kitchenhooks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.ChefHold;
import dev.kitchenhooks.testkit.FakeNode;
import dev.kitchenhooks.testkit.FixProcess;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.NodeFarm;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** While the first of three nodes converges, the second is logged in to, and nothing else. */
@Timeout(120)
class ConnectedAheadTest {
  private static final String ONE = NodeFarm.name(1);
  private static final String TWO = NodeFarm.name(2);
  private static final String THREE = NodeFarm.name(3);
  private static final Map<String, String> ALL_DEPLOYED =
      Map.of(ONE, "deployed", TWO, "deployed", THREE, "deployed");

  @TempDir Path scratch;
  private NodeFarm farm;
  private RecordedKitchen kitchen;

  @BeforeEach
  void startNodes() throws Exception {
    farm = NodeFarm.start(3);
    kitchen =
        new RecordedKitchen(
            scratch.resolve("kitchen"),
            farm.access().sshConfig(),
            farm.fqdns(),
            "[kitchen]",
            "node_work_path = work");
  }

  @AfterEach
  void stopNodes() throws Exception {
    farm.close();
  }

  /** What happens while the first node is held. */
  private interface Meanwhile {
    void act(FakeNode second, FixProcess fix) throws Exception;
  }

  private FixResult run(Meanwhile meanwhile) throws Exception {
    FakeNode second = farm.node(2);
    try (ChefHold hold = farm.node(1).holdChef();
        FixProcess fix =
            FixProcess.start(
                kitchen.directory(),
                scratch.resolve("output"),
                "node:all",
                "--yes",
                "--output",
                "json")) {
      try (OutputStream _ = hold.awaitChef()) {
        assertThat(second.awaitLogin()).isTrue();
        meanwhile.act(second, fix);
        assertThat(second.commands()).as("nothing is done there").isEmpty();
        assertThat(farm.node(3).logins()).as("no more than may be in flight").isZero();
      }
      return fix.await();
    }
  }

  @Test
  void theConnectionIsTheOneThatTheTurnUses() throws Exception {
    FixResult result = run((second, _) -> second.refuseLogins(true));

    assertThat(result.outcomes()).as(result.err()).isEqualTo(ALL_DEPLOYED);
  }

  @Test
  void oneThatDiedWhileItWaitedIsMadeAnew() throws Exception {
    FixResult result =
        run((second, _) -> {
          second.cut();
          assertThat(second.awaitDisconnect()).isTrue();
        });

    assertThat(result.outcomes()).as(result.err()).isEqualTo(ALL_DEPLOYED);
  }

  @Test
  void aNodeWhoseTurnNeverComesIsLetGoAndNotStarted() throws Exception {
    farm.node(1).chefExits(1);
    FixResult result = run((_, _) -> {});

    assertThat(farm.node(2).awaitDisconnect()).isTrue();
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.outcomes())
        .isEqualTo(Map.of(ONE, "failed", TWO, "not-started", THREE, "not-started"));
    assertThat(farm.node(2).commands()).isEmpty();
    assertThat(kitchen.calls()).noneMatch(call -> call.startsWith("n-") && call.endsWith(TWO));
  }

  @Test
  void anInterruptLetsItGoAtOnce() throws Exception {
    FixResult result =
        run((second, fix) -> {
          fix.signal("INT");
          assertThat(second.awaitDisconnect()).isTrue();
        });

    assertThat(result.exit()).isEqualTo(130);
    assertThat(result.outcomes())
        .isEqualTo(Map.of(ONE, "interrupted", TWO, "not-started", THREE, "not-started"));
  }
}
