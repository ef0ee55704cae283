package dev.kitchenhooks.chef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.process.StopRequest.Level;
import dev.kitchenhooks.remote.UnreachableException;
import dev.kitchenhooks.run.DeployResult;
import dev.kitchenhooks.ssh.SshConnector;
import dev.kitchenhooks.ssh.SshEnvironment;
import dev.kitchenhooks.testkit.FakeNode;
import dev.kitchenhooks.testkit.NodeFarm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole deploys through SSH to an embedded node: the fault table of a deploy. */
@Timeout(120)
class DeployOverSshTest {
  @TempDir Path temp;
  private DeployFixture fixture;
  private NodeFarm farm;
  private SshConnector ssh;
  private FakeNode node;

  @BeforeEach
  void startNode() throws IOException {
    fixture = new DeployFixture(temp);
    farm = NodeFarm.start(1);
    node = farm.node(1);
    ssh = new SshConnector(farm.sshSettings(), SshEnvironment.ofThisProcess(), problem -> {});
  }

  @AfterEach
  void stopNode() throws IOException {
    ssh.close();
    farm.close();
  }

  @Test
  void oneConnectionAndAChannelForTheLockAndOneForTheDeploy() throws Exception {
    assertThat(fixture.deploy(ssh)).isEqualTo(new DeployResult(0, ""));
    assertThat(node.commands()).hasSize(2);
    assertThat(node.commands().getFirst()).contains("fix-lock");
    assertThat(node.chefCalls())
        .containsExactly("-c solo.rb -j node.json -l info --force-logger --no-color");
    assertThat(fixture.output).contains("  * role[web]");
    assertThat(node.file("kitchen/roles/web.json")).exists();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 172})
  void exitCodeIsChefsOwn(int code) throws Exception {
    node.chefExits(code);
    assertThat(fixture.deploy(ssh).exitCode()).isEqualTo(code);
  }

  @Test
  void refusedLoginIsUnreachable() {
    node.refuseLogins(true);
    assertThatExceptionOfType(UnreachableException.class).isThrownBy(() -> fixture.deploy(ssh));
  }

  @Test
  void missingChefSoloIsNamed() throws Exception {
    node.withoutChef();
    DeployResult result = fixture.deploy(ssh);
    assertThat(result.exitCode()).isEqualTo(127);
    assertThat(result.detail()).startsWith("neither chef-solo nor cinc-solo is on node1.farm.test");
  }

  @Test
  void fullDiskIsNamedThoughMuchWasStillToBeSent() throws Exception {
    fixture.kitchen.bytes("cookbooks/big/file", noise(5_000_000));
    node.fullDisk();
    DeployResult result = fixture.deploy(ssh);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.detail()).contains("No space left on device; free space on node1.farm.test");
    assertThat(node.file("kitchen/current")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 1000, 100_000, 290_000})
  void connectionCutDuringTheUploadLeavesTheOldKitchen(long bytes) throws Exception {
    fixture.deploy(ssh);
    String before = Files.readString(node.file("kitchen/current"));
    Path revision = node.file("kitchen/kitchen").toRealPath();
    List<String> files = DeployScriptTest.tree(revision);
    fixture.kitchen.bytes("cookbooks/big/file", noise(300_000));
    node.cutAfterInput(bytes);
    DeployResult result = fixture.deploy(ssh);
    assertThat(result.exitCode()).isEqualTo(255);
    assertThat(result.detail()).isNotEmpty();
    assertThat(node.file("kitchen/current")).content().isEqualTo(before);
    assertThat(DeployScriptTest.tree(revision)).isEqualTo(files);
    assertThat(node.chefCalls()).hasSize(1);
    node.cutNoMore();
    assertThat(fixture.deploy(ssh).exitCode()).isZero();
    assertThat(node.file("kitchen/cookbooks/big/file")).hasSize(300_000);
    assertThat(node.file("kitchen/.running")).doesNotExist();
  }

  @Test
  void connectionCutDuringTheConvergeIsSaidAndTheSecretGoesAllTheSame() throws Exception {
    fixture.secret = Optional.of(Files.writeString(temp.resolve("secret"), "s3cret"));
    try (var hold = node.holdChef()) {
      CompletableFuture<DeployResult> deploy = inBackground(new StopRequest());
      try (OutputStream letGo = hold.awaitChef()) {
        node.cut();
        DeployResult result = deploy.join();
        assertThat(result.exitCode()).isEqualTo(255);
        assertThat(result.detail()).isNotEmpty();
        letGo.flush();
      }
    }
    Path secret = node.file("kitchen/private/encrypted_data_bag_secret");
    while (Files.exists(secret) && !Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
    assertThat(secret).doesNotExist();
  }

  @Test
  void timeLimitIsKept() throws Exception {
    fixture.timeout = Optional.of(Duration.ofSeconds(1));
    fixture.command = List.of("sleep", "1000");
    assertThat(fixture.deploy(ssh)).isEqualTo(new DeployResult(124, "timed out after 1s"));
  }

  @Test
  void stopEndsTheConverge() throws Exception {
    try (var hold = node.holdChef()) {
      var stop = new StopRequest();
      CompletableFuture<DeployResult> deploy = inBackground(stop);
      try (OutputStream held = hold.awaitChef()) {
        stop.request(Level.TERMINATE);
        assertThat(deploy.join()).isEqualTo(new DeployResult(130, "stopped"));
        assertThat(node.commands()).hasSize(3);
        assertThat(held).isNotNull();
      }
    }
  }

  @Test
  void whyRunReachesChef() throws Exception {
    fixture.work = Work.Converge.of(Work.Manner.WHY_RUN);
    fixture.deploy(ssh);
    assertThat(node.chefCalls().getFirst()).endsWith("--why-run");
    assertThat(fixture.output).anyMatch(line -> line.contains("(why-run)"));
  }

  private CompletableFuture<DeployResult> inBackground(StopRequest stop) {
    return CompletableFuture.supplyAsync(() -> {
      try {
        return fixture.deploy(ssh, DeployFixture.NODE, stop);
      } catch (IOException | UnreachableException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  /** What gzip cannot make smaller; the same each time. */
  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }
}
