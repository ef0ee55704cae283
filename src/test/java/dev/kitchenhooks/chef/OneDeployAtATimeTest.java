package dev.kitchenhooks.chef;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.chef.LocalNode.Shell;
import dev.kitchenhooks.remote.UnreachableException;
import dev.kitchenhooks.run.DeployResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two controllers that know nothing of each other, and others with a login, at the same node. */
@Timeout(60)
class OneDeployAtATimeTest {
  private static final String BUSY =
      "upload failed: another run is converging this node since \\d{4}-\\d\\d-\\d\\dT[0-9:]{8}Z"
          + "( \\(process \\d+\\))?; wait until it has ended";

  @TempDir Path temp;
  private DeployFixture first;
  private DeployFixture second;
  private Path goOn;

  @BeforeEach
  void makeKitchens() throws Exception {
    first = new DeployFixture(temp.resolve("first"));
    second = new DeployFixture(temp.resolve("second"));
    goOn = temp.resolve("go-on");
    assertThat(new ProcessBuilder("mkfifo", goOn.toString()).start().waitFor()).isZero();
  }

  /** What the second is told while the first converges, which goes on after that. */
  private DeployResult duringTheFirst(LocalNode node, String script) throws Exception {
    first.command =
        List.of(
            "sh",
            "-c",
            "until [ -s .running ]; do :; done; " + script + " echo began; read -r _ <\"$1\"",
            "x",
            goOn.toString());
    List<DeployResult> told = new ArrayList<>();
    first.onLine =
        line -> {
          if (line.equals("began")) {
            try {
              told.add(second.deploy(node));
              Files.writeString(goOn, "go on\n");
            } catch (IOException | UnreachableException e) {
              throw new IllegalStateException(e);
            }
          }
        };
    first.deploy(node);
    return told.getFirst();
  }

  @ParameterizedTest
  @EnumSource
  void secondDeployIsRefusedWhileTheFirstConverges(Shell shell) throws Exception {
    var node = new LocalNode(temp.resolve("node"), shell);
    DeployResult told = duringTheFirst(node, "");
    assertThat(told.exitCode()).isEqualTo(1);
    assertThat(told.detail()).matches(BUSY);
    assertThat(node.recorded("calls")).isEmpty();
    assertThat(second.deploy(node)).isEqualTo(new DeployResult(0, ""));
  }

  @Test
  void convergeThatOutlivesItsKilledDeployIsSeenAndLeavesNoLock() throws Exception {
    var node = new LocalNode(temp.resolve("node"), Shell.DASH);
    DeployResult told = duringTheFirst(node, "kill -KILL \"$PPID\";");
    assertThat(told.detail()).matches(BUSY).contains("(process ");
    assertThat(node.file("kitchen/.running")).exists();
    DeployResult after;
    do {
      // Its output ends a moment before the process.
      after = second.deploy(node);
    } while (after.detail().contains("another run"));
    assertThat(after).isEqualTo(new DeployResult(0, ""));
  }

  @Test
  void anotherProcessOfTheSameNumberIsNoConverge() throws Exception {
    var node = new LocalNode(temp.resolve("node"), Shell.DASH);
    first.deploy(node);
    Files.writeString(
        node.file("kitchen/.running"),
        ProcessHandle.current().pid() + " word 1 2020-01-01T00:00:00Z\n");
    assertThat(second.deploy(node)).isEqualTo(new DeployResult(0, ""));
  }

  @Test
  void serviceThatTheConvergeLeavesHoldsNoLock() throws Exception {
    var node = new LocalNode(temp.resolve("node"), Shell.DASH);
    first.command =
        List.of("sh", "-c", "(read -r _ <\"$1\") >/dev/null 2>&1 & exit 0", "x", goOn.toString());
    first.deploy(node);
    assertThat(second.deploy(node)).isEqualTo(new DeployResult(0, ""));
    Files.writeString(goOn, "go on\n");
  }

  /** As in /tmp, where LittleChef's kitchen lies. */
  @ParameterizedTest
  @ValueSource(strings = {"ln -s \"$theirs\" \"$1\"", "mkdir \"$1\""})
  void whatOthersPutInTheWayBetweenTheMovesIsNotRun(String plant) throws Exception {
    var node = new LocalNode(temp.resolve("node"), Shell.DASH);
    first.deploy(node);
    Path theirs = Files.createDirectories(temp.resolve("theirs"));
    node.program(
        "mv",
        """
        #!/bin/sh
        /bin/mv "$@" || exit 1
        theirs=%s
        case $2 in *.outgoing.*) %s ;; esac
        """
            .formatted(theirs, plant));
    DeployResult told = second.deploy(node);
    assertThat(told.exitCode()).isEqualTo(1);
    assertThat(told.detail()).contains("is in the way: something else was put there just now");
    assertThat(theirs).isEmptyDirectory();
    assertThat(node.recorded("calls").lines()).as("converged by the first alone").hasSize(1);
  }
}
