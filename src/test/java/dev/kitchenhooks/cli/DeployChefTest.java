package dev.kitchenhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.FakeNode;
import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import dev.kitchenhooks.testkit.NodeFarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy_chef} and {@code autodeploy_chef}, over real connections. */
@Timeout(120)
class DeployChefTest {
  private static final String ONE = NodeFarm.name(1);

  @TempDir Path scratch;

  private KitchenBuilder kitchen(NodeFarm farm, String... more) {
    var cfg =
        new ArrayList<>(
            List.of("[userinfo]", "ssh-config = " + farm.access().sshConfig(), "[kitchen]"));
    cfg.add("node_work_path = work");
    cfg.addAll(List.of(more));
    return KitchenBuilder.in(scratch).cfg(cfg.toArray(String[]::new)).node(ONE);
  }

  /** Puts back, on the node, what {@code withoutChef} has taken away. */
  private static String installs(FakeNode node) throws IOException {
    Path bin = node.file("bin");
    Files.copy(bin.resolve("chef-solo"), bin.resolve("chef-solo.deb"));
    node.withoutChef();
    return "cp -p %1$s/chef-solo.deb %1$s/chef-solo".formatted(bin);
  }

  @Test
  void aCommandInstallsItAndItAnswers() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1)) {
      farm.node(1).program("chef-solo", "#!/bin/sh\necho Chef Infra Client: 18.5.0\n");
      String command = installs(farm.node(1));
      KitchenBuilder kitchen = kitchen(farm, "deploy_chef_command = " + command);
      FixResult result = FixCommand.in(kitchen).run("node:" + ONE, "deploy_chef");
      assertThat(result.exit()).as(result.out() + result.err()).isZero();
      assertThat(result.out())
          .contains(
              ONE + " installing Chef",
              ONE + " | Chef Infra Client: 18.5.0",
              ONE + " installation ok");
    }
  }

  @Test
  void aFileOfTheKitchenIsSentWithTheProxiesInItsEnvironment() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1)) {
      farm.node(1).program("chef-solo", "#!/bin/sh\necho 18.5.0\n");
      KitchenBuilder kitchen =
          kitchen(
                  farm,
                  "deploy_chef_command = ./install.sh --channel stable",
                  "[connection]",
                  "http_proxy = http://user:hush@proxy:3128",
                  "https_proxy = http://proxy:3129")
              .executable(
                  "install.sh",
                  "#!/bin/sh",
                  "echo \"$* ${http_proxy#*@} $https_proxy $HTTPS_PROXY\"");
      FixResult result = FixCommand.in(kitchen).run("node:" + ONE, "deploy_chef");
      assertThat(result.exit()).as(result.out() + result.err()).isZero();
      assertThat(result.out())
          .contains("--channel stable proxy:3128 http://proxy:3129 http://proxy:3129");
      assertThat(farm.node(1).commands()).noneMatch(line -> line.contains("hush"));
    }
  }

  @Test
  void whatItSaysOfItsProxyIsWithoutThePassword() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1)) {
      farm.node(1).program("chef-solo", "#!/bin/sh\necho 18.5.0\n");
      KitchenBuilder kitchen =
          kitchen(
              farm,
              "deploy_chef_command = sh -c 'echo by $http_proxy'",
              "[connection]",
              "http_proxy = http://user:hush4711@proxy:3128");
      FixResult result = FixCommand.in(kitchen).run("node:" + ONE, "deploy_chef");
      assertThat(result.exit()).as(result.out() + result.err()).isZero();
      assertThat(result.out())
          .contains("by http://user:", "@proxy:3128")
          .doesNotContain("hush4711");
      assertThat(FixCommand.in(kitchen).run("status").out()).doesNotContain("hush4711");
    }
  }

  @Test
  void itsFailureIsTheNodes() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1)) {
      KitchenBuilder kitchen = kitchen(farm, "deploy_chef_command = sh -c 'echo no net; exit 6'");
      FixResult result = FixCommand.in(kitchen).run("node:" + ONE, "deploy_chef");
      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.out())
          .contains(
              ONE + " | no net",
              "Installation failed on " + ONE,
              "installation failed (exit 6)",
              "deploy_chef");
    }
  }

  @Test
  void anInstallerThatInstallsNothingHasFailed() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1)) {
      farm.node(1).withoutChef();
      KitchenBuilder kitchen = kitchen(farm, "deploy_chef_command = true");
      FixResult result = FixCommand.in(kitchen).run("node:" + ONE, "deploy_chef");
      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.out())
          .contains(
              "deploy_chef_command ended well, but chef-solo or cinc-solo on %s does not answer"
                  .formatted(ONE));
    }
  }

  @Test
  void withoutACommandNothingIsTried() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1)) {
      FixResult result = FixCommand.in(kitchen(farm)).run("node:" + ONE, "deploy_chef");
      assertThat(result.exit()).isEqualTo(2);
      assertThat(result.err())
          .startsWith(
              "fix: deploy_chef needs [kitchen] deploy_chef_command: what installs Chef or Cinc on"
                  + " a node\n  -> e.g. deploy_chef_command = ");
      assertThat(farm.node(1).commands()).isEmpty();
    }
  }

  @Test
  void aDeployInstallsItFirstWhereItIsMissing() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1)) {
      String command = installs(farm.node(1));
      KitchenBuilder kitchen =
          kitchen(farm, "deploy_chef_command = " + command, "[userinfo]", "autodeploy_chef = yes");
      // The stand-in knows no --version, and fails without its configuration.
      farm.node(1)
          .program(
              "chef-solo.deb",
              Files.readString(farm.node(1).file("bin/chef-solo.deb"))
                  .replaceFirst("\n", "\n[ \"\\$1\" != --version ] || { echo 18; exit; }\n"));
      FixResult result = FixCommand.in(kitchen).run("node:" + ONE);
      assertThat(result.exit()).as(result.out() + result.err()).isZero();
      assertThat(result.out())
          .contains("Chef is missing here: autodeploy_chef installs it", "1 deployed");
      assertThat(farm.node(1).chefCalls()).hasSize(1);

      FixResult again = FixCommand.in(kitchen).run("node:" + ONE);
      assertThat(again.out()).contains("1 deployed").doesNotContain("autodeploy_chef");
    }
  }

  @Test
  void whatCannotBeInstalledFailsTheDeploy() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1)) {
      farm.node(1).withoutChef();
      KitchenBuilder kitchen = kitchen(farm, "[userinfo]", "autodeploy_chef = yes");
      FixResult result = FixCommand.in(kitchen).run("node:" + ONE);
      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.out())
          .contains("autodeploy_chef needs [kitchen] deploy_chef_command: what installs Chef");
    }
  }

  @Test
  void aRunThatShallChangeNothingInstallsNothing() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1)) {
      farm.node(1).withoutChef();
      KitchenBuilder kitchen =
          kitchen(
              farm, "deploy_chef_command = touch installed", "[userinfo]", "autodeploy_chef = yes");
      FixResult result = FixCommand.in(kitchen).run("node:" + ONE, "--why-run");
      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.out()).contains("neither chef-solo nor cinc-solo").doesNotContain("auto");
    }
  }
}
