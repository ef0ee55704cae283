package dev.kitchenhooks.chef;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.UnreachableException;
import dev.kitchenhooks.run.DeployResult;
import dev.kitchenhooks.ssh.SshConnector;
import dev.kitchenhooks.ssh.SshEnvironment;
import dev.kitchenhooks.testkit.FakeNode;
import dev.kitchenhooks.testkit.NodeFarm;
import dev.kitchenhooks.testkit.TcpProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The connection is cut after so many bytes, from the first one to the last. */
@Timeout(300)
class CutEverywhereTest {
  private static final long STEP = 2_500;
  private static final long EVERYTHING = 1L << 40;

  @TempDir Path temp;
  private DeployFixture fixture;

  @BeforeEach
  void makeKitchen() throws Exception {
    fixture = new DeployFixture(temp);
  }

  @Test
  void nodeHasTheOldKitchenOrTheNewOneAndTheNextRunRepairs() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1);
        TcpProxy proxy = TcpProxy.to(farm.node(1).port(), TcpProxy.Then.CUT, EVERYTHING)) {
      farm.access().write(Map.of(DeployFixture.NODE, proxy.port()));
      try (var ssh =
          new SshConnector(farm.sshSettings(), SshEnvironment.ofThisProcess(), _ -> {})) {
        FakeNode node = farm.node(1);
        assertThat(fixture.deploy(ssh)).isEqualTo(new DeployResult(0, ""));
        int cuts = 0;
        boolean whole = false;
        for (long bytes = 0; !whole; bytes += STEP) {
          String before = Files.readString(node.file("kitchen/current"));
          List<String> files = DeployScriptTest.tree(revision(node));
          int calls = node.chefCalls().size();
          change(cuts);
          proxy.allow(bytes);
          int code = code(ssh);
          proxy.allow(EVERYTHING);
          whole = code == 0;
          assertThat(code).as("cut after %d", bytes).isIn(0, 255);
          if (Files.readString(node.file("kitchen/current")).equals(before)) {
            assertThat(whole).isFalse();
            assertThat(DeployScriptTest.tree(revision(node))).isEqualTo(files);
            assertThat(node.chefCalls()).as("cut after %d", bytes).hasSize(calls);
          } else {
            assertChanged(node, cuts);
          }
          assertThat(fixture.deploy(ssh)).as("after %d", bytes).isEqualTo(new DeployResult(0, ""));
          assertChanged(node, cuts);
          cuts++;
        }
        assertThat(cuts).isGreaterThan(10);
      }
    }
  }

  private int code(SshConnector ssh) throws Exception {
    try {
      return fixture.deploy(ssh, DeployFixture.NODE, new StopRequest()).exitCode();
    } catch (UnreachableException e) {
      return 255;
    }
  }

  /** Some content that cannot be made smaller, and a file that comes while another goes. */
  private void change(int number) throws Exception {
    byte[] noise = new byte[15_000];
    new Random(number).nextBytes(noise);
    fixture.kitchen.bytes("cookbooks/a/noise", noise).role("role" + number, "recipe[x]");
    Files.deleteIfExists(
        fixture.kitchen.directory().resolve("roles/role" + (number - 1) + ".json"));
  }

  private static void assertChanged(FakeNode node, int number) throws Exception {
    byte[] noise = new byte[15_000];
    new Random(number).nextBytes(noise);
    Path revision = revision(node);
    assertThat(revision.resolve("cookbooks/a/noise")).hasBinaryContent(noise);
    assertThat(DeployScriptTest.tree(revision.resolve("roles")))
        .containsExactly("role" + number + ".json", "web.json");
  }

  private static Path revision(FakeNode node) throws Exception {
    String id = Files.readString(node.file("kitchen/current")).split(" ", -1)[0];
    return node.file("kitchen/rev-" + id);
  }
}
