package dev.kitchenhooks.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The embedded nodes, seen by OpenSSH's own client. */
@Timeout(60)
class NodeFarmTest {
  record Answer(int code, String text) {}

  @BeforeAll
  static void needsOpenSshClient() {
    boolean found =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "ssh")));
    assumeTrue(found, "needs OpenSSH's client: apt-get install openssh-client");
  }

  @Test
  void nodesAreReachedByNameAndKeptApart() throws Exception {
    try (NodeFarm farm = NodeFarm.start(3)) {
      Answer answer = ssh(farm, "node2.farm.test", "pwd; echo $HOME; id -un >/dev/null; exit 7");
      String home = farm.node(2).home().toString();
      assertThat(answer).isEqualTo(new Answer(7, home + "\n" + home + "\n"));
      assertThat(farm.node(2).commands()).hasSize(1);
      assertThat(farm.node(1).commands()).isEmpty();
    }
  }

  @Test
  void inputAndBothOutputsGoThrough() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1)) {
      Answer answer = ssh(farm, "node1.farm.test", "cat; echo to-stderr >&2", "hello\n");
      assertThat(answer.code()).isZero();
      assertThat(answer.text()).contains("hello", "to-stderr");
    }
  }

  @Test
  void refusedLoginsAreRefused() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1)) {
      farm.node(1).refuseLogins(true);
      Answer answer = ssh(farm, "node1.farm.test", "true");
      assertThat(answer.code()).isEqualTo(255);
      assertThat(answer.text()).contains("Permission denied");
      farm.node(1).refuseLogins(false);
      assertThat(ssh(farm, "node1.farm.test", "true").code()).isZero();
    }
  }

  @Test
  void connectionIsCutAfterSoMuchInput() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1)) {
      farm.node(1).cutAfterInput(1000);
      Answer answer = ssh(farm, "node1.farm.test", "cat >got", "x".repeat(5000));
      assertThat(answer.code()).isEqualTo(255);
      farm.node(1).cutNoMore();
      Answer size = ssh(farm, "node1.farm.test", "wc -c <got");
      assertThat(size.text().strip()).isEqualTo("1000");
    }
  }

  @Test
  void standInChefDoesWhatItIsTold() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1)) {
      FakeNode node = farm.node(1).chefExits(172).chefPrints("license\n");
      Files.writeString(node.file("node.json"), "{\"run_list\": [\"role[web]\",\n\"recipe[a]\"]}");
      Files.writeString(node.file("solo.rb"), "");
      Answer answer = ssh(farm, "node1.farm.test", "sudo -n -- chef-solo -c solo.rb -j node.json");
      assertThat(answer.code()).isEqualTo(172);
      assertThat(answer.text()).contains("stand-in", "* role[web]", "* recipe[a]", "license");
      assertThat(node.chefCalls()).containsExactly("-c solo.rb -j node.json");
      assertThat(node.chefSaw()).contains("./node.json");
    }
  }

  @Test
  void standInSudoWantsItsPassword() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1)) {
      farm.node(1).sudoPassword("pw");
      String name = "node1.farm.test";
      assertThat(ssh(farm, name, "sudo -n true").text()).contains("a password is required");
      assertThat(ssh(farm, name, "sudo -S -p '' true", "no\n").text()).contains("incorrect");
      assertThat(ssh(farm, name, "sudo -S -p '' cat", "pw\nrest\n"))
          .isEqualTo(new Answer(0, "rest\n"));
    }
  }

  @Test
  void twoHundredNodesStart() throws Exception {
    try (NodeFarm farm = NodeFarm.start(200)) {
      assertThat(farm.nodes().stream().map(FakeNode::port).distinct()).hasSize(200);
      assertThat(ssh(farm, "node200.farm.test", "exit 3").code()).isEqualTo(3);
    }
  }

  private static Answer ssh(NodeFarm farm, String name, String command) throws Exception {
    return ssh(farm, name, command, "");
  }

  private static Answer ssh(NodeFarm farm, String name, String command, String input)
      throws Exception {
    String config = farm.access().sshConfig().toString();
    Process process =
        new ProcessBuilder(List.of("ssh", "-F", config, "-o", "BatchMode=yes", name, command))
            .redirectErrorStream(true)
            .start();
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // The connection was cut before all was taken; the exit code tells.
      assertThat(e).hasMessageContaining("pipe");
    }
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), text);
  }
}
