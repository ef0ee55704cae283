package dev.kitchenhooks.seeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.seeds.SeedKitchen.Ran;
import dev.kitchenhooks.testkit.FakeNode;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.NodeFarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** p2's {@code ensure_user}: on the host, with its time limits and its audit, never in the way. */
@Timeout(120)
class P2Test {
  private static final String HOST = "host1.example.com";
  private static final String DEFINITION = "hook-defs/ensure_user.json";

  @TempDir Path scratch;
  private NodeFarm farm;
  private FakeNode host;
  private SeedKitchen kitchen;

  @BeforeEach
  void start() throws IOException {
    farm = NodeFarm.start(List.of(HOST));
    host = farm.node(HOST);
    // The real one would change the accounts of the machine that the test runs on.
    host.program("useradd", "#!/bin/sh\necho \"useradd $*\"\necho \"$*\" >> \"$HOME/users\"\n");
    kitchen =
        SeedKitchen.copy("p2", scratch.resolve("kitchen"))
            .replace("littlechef.cfg", "user = root", "ssh-config = " + farm.access().sshConfig())
            .cfg("[kitchen]", "node_work_path = kitchen");
  }

  @AfterEach
  void stop() throws IOException {
    farm.close();
  }

  @Test
  void itRunsOnTheHostBeforeTheDeploy() throws IOException {
    Ran ran = kitchen.run("node:" + HOST);

    assertThat(ran.exit()).as(ran.result().err()).isZero();
    assertThat(ran.hooks()).containsExactly("ensure_user: 0");
    assertThat(ran.output("ensure_user")).containsExactly("useradd -D -d /data/pods/hello hello");
    assertThat(host.file("users")).hasContent("-D -d /data/pods/hello hello");
    assertThat(host.chefCalls()).hasSize(1);
  }

  @Test
  void whateverItComesToTheDeployGoesOn() throws IOException {
    host.program("useradd", "#!/bin/sh\necho 'cannot lock /etc/passwd' >&2\nexit 10\n");

    Ran ran = kitchen.run("node:" + HOST);

    assertThat(ran.exit()).as(ran.result().err()).isZero();
    assertThat(ran.hooks()).containsExactly("ensure_user: 10");
    assertThat(ran.result().outcomes()).isEqualTo(Map.of(HOST, "deployed"));
  }

  @Test
  void aHangingOneGetsItsSignalsAndTheDeployGoesOn() throws IOException {
    kitchen.replace(DEFINITION, "\"timeout\": \"30s\"", "\"timeout\": \"500ms\"");
    kitchen.replace(DEFINITION, "\"kill_after\": \"30s\"", "\"kill_after\": \"500ms\"");
    kitchen.program(
        "hooks/ensure_user",
        "#!/bin/sh",
        "trap 'echo TERM >> \"$HOME/signals\"' TERM",
        "echo $$ > \"$HOME/pid\"",
        "while :; do sleep 60 & wait; done");

    Ran ran = kitchen.run("node:" + HOST);

    assertThat(ran.exit()).as(ran.result().err()).isZero();
    assertThat(ran.hooks()).containsExactly("ensure_user: 124");
    assertThat(ran.result().outcomes()).isEqualTo(Map.of(HOST, "deployed"));
    assertThat(host.file("signals")).content().contains("TERM");
    long pid = Long.parseLong(Files.readString(host.file("pid")).strip());
    assertThat(ProcessHandle.of(pid)).isEmpty();
  }

  @Test
  void aTrialRunsOnTheHostAndShowsWhatItIsGivenThere() {
    FixResult trial = kitchen.fix("hooks", "test", "ensure_user", "--node", HOST);

    assertThat(trial.exit()).as(trial.err()).isZero();
    assertThat(trial.out())
        .contains("/hooks/ensure_user host1.example.com  [on the node]\n")
        .contains("\n  POD_ID=hello\n  and FIX_CONTEXT, FIX_NODES_FILE and FIX_OUTPUT as files on")
        .contains("  | useradd -D -d /data/pods/hello hello\n")
        .doesNotContain("  PATH=", "  HOME=", "  FIX_CONTEXT=");
  }

  @Test
  void theAuditTellsWhatItPrintedAndHowItEnded() throws IOException {
    host.program("useradd", "#!/bin/sh\necho 'cannot lock /etc/passwd' >&2\nexit 10\n");
    kitchen.run("node:" + HOST);

    FixResult history = kitchen.fix("status");

    assertThat(history.out())
        .contains("ensure_user")
        .contains("exit 10")
        .contains("cannot lock /etc/passwd");
  }
}
