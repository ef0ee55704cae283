package dev.kitchenhooks.chef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kitchenhooks.chef.LocalNode.Shell;
import dev.kitchenhooks.kitchen.Secret;
import dev.kitchenhooks.remote.UnreachableException;
import dev.kitchenhooks.run.DeployResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Becoming root on a node, with a stand-in for sudo that counts. */
@Timeout(60)
class SudoTest {
  @TempDir Path temp;
  private DeployFixture fixture;
  private LocalNode node;

  @BeforeEach
  void makeNodeOfAnOrdinaryUser() throws Exception {
    fixture = new DeployFixture(temp);
    node = new LocalNode(temp.resolve("node"), Shell.DASH);
    node.program("id", "#!/bin/sh\necho 1000\n");
  }

  @Test
  void withoutPasswordSudoMustWantNone() throws Exception {
    assertThat(fixture.deploy(node).exitCode()).isZero();
    node.setting("sudo-password", "right");
    assertThatExceptionOfType(UnreachableException.class)
        .isThrownBy(() -> fixture.deploy(node))
        .withMessage(
            "its lock cannot be taken: sudo: a password is required; set [userinfo] password,"
                + " or let the user run sudo without one on node1.farm.test");
  }

  @Test
  void passwordGoesOverStdinOnly() throws Exception {
    node.setting("sudo-password", "right");
    fixture.password = Optional.of(new Secret("right"));
    assertThat(fixture.deploy(node)).isEqualTo(new DeployResult(0, ""));
    assertThat(node.commands).hasSize(1).noneMatch(command -> command.contains("right"));
    assertThat(fixture.output).noneMatch(line -> line.contains("right"));
  }

  @Test
  void deployThatFailsAtOnceIsOverThoughInputMightStillFollow() throws Exception {
    node.setting("sudo-password", "right");
    fixture.password = Optional.of(new Secret("right"));
    Files.writeString(node.file("in-the-way"), "");
    fixture.workPath = "in-the-way";
    assertThat(fixture.deploy(node).detail()).contains("in-the-way is in the way");
  }

  @Test
  void passwordThatSudoDoesNotWantDoesNoHarm() throws Exception {
    // A real sudo that needs no password leaves the line on stdin.
    node.program(
        "sudo",
        """
        #!/bin/sh
        while [ "$1" != -- ]; do shift; done
        shift
        exec "$@"
        """);
    fixture.password = Optional.of(new Secret("it's $(odd) \\"));
    assertThat(fixture.deploy(node)).isEqualTo(new DeployResult(0, ""));
  }

  @Test
  void wrongPasswordCostsOneTry() throws Exception {
    node.setting("sudo-password", "right");
    node.program(
        "sudo",
        "#!/bin/sh\necho try >>%s\nread -r line\necho 'sudo: 1 incorrect password attempt' >&2\nexit 1\n"
            .formatted(node.file("tries")));
    fixture.password = Optional.of(new Secret("wrong"));
    assertThatExceptionOfType(UnreachableException.class)
        .isThrownBy(() -> fixture.deploy(node))
        .withMessage(
            "its lock cannot be taken: sudo: 1 incorrect password attempt;"
                + " the password was refused by sudo on node1.farm.test");
    assertThat(node.file("tries")).hasContent("try");
  }

  @Test
  void rootNeedsNoSudoAndLeavesThePasswordAside() throws Exception {
    node.program("id", "#!/bin/sh\necho 0\n");
    node.program("sudo", "#!/bin/sh\nexit 9\n");
    assertThat(fixture.deploy(node).exitCode()).isZero();
    fixture.password = Optional.of(new Secret("unused"));
    assertThat(fixture.deploy(node).exitCode()).isZero();
  }

  @Test
  void prefixOfTheOperatorsOwnReplacesSudo() throws Exception {
    node.program("sudo", "#!/bin/sh\nexit 9\n");
    node.program("doas", "#!/bin/sh\necho \"doas $1\"\nshift\nexec \"$@\"\n");
    fixture.sudoPrefix = Optional.of(List.of("doas", "-n"));
    fixture.password = Optional.of(new Secret("never sent"));
    assertThat(fixture.deploy(node).exitCode()).isZero();
    assertThat(fixture.output).contains("doas -n");
  }

  @Test
  void prefixThatReadsThePasswordGetsIt() throws Exception {
    node.setting("sudo-password", "right");
    fixture.sudoPrefix = Optional.of(List.of("sudo", "-S", "-p", ""));
    fixture.password = Optional.of(new Secret("right"));
    assertThat(fixture.deploy(node)).isEqualTo(new DeployResult(0, ""));
  }

  @Test
  void missingSudoIsNamed() throws Exception {
    fixture.sudoPrefix = Optional.of(List.of("no-such-sudo"));
    assertThatExceptionOfType(UnreachableException.class)
        .isThrownBy(() -> fixture.deploy(node))
        .withMessageContaining("no-such-sudo");
  }
}
