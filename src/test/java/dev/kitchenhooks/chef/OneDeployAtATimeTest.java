package dev.kitchenhooks.chef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kitchenhooks.chef.LocalNode.Shell;
import dev.kitchenhooks.remote.UnreachableException;
import dev.kitchenhooks.run.DeployResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
  private UnreachableException duringTheFirst(LocalNode node, String script) throws Exception {
    first.command =
        List.of(
            "sh",
            "-c",
            "until [ -s .running ]; do :; done; " + script + " echo began; read -r _ <\"$1\"",
            "x",
            goOn.toString());
    List<UnreachableException> told = new ArrayList<>();
    first.onLine =
        line -> {
          if (line.equals("began")) {
            try {
              second.deploy(node);
            } catch (UnreachableException e) {
              told.add(e);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            } finally {
              goOn();
            }
          }
        };
    first.deploy(node);
    return told.getFirst();
  }

  private void goOn() {
    try {
      Files.writeString(goOn, "go on\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSecondIsToldWhoIsThere(Shell shell) throws Exception {
    var node = new LocalNode(temp.resolve("node"), shell);
    first.holder = "run A of ann@desk";
    UnreachableException told = duringTheFirst(node, "");
    assertThat(told.isLocked()).isTrue();
    assertThat(told.getMessage())
        .matches(
            "another run is at work on the node: run A of ann@desk since \\d{4}-\\d\\d-\\d\\dT[0-9:]{8}Z");
    assertThat(node.recorded("calls")).isEmpty();
    assertThat(second.deploy(node)).isEqualTo(new DeployResult(0, ""));
  }

  @Test
  void convergeThatOutlivesItsKilledDeployIsSeenAndLeavesNoLock() throws Exception {
    var node = new LocalNode(temp.resolve("node"), Shell.DASH);
    first.command =
        List.of(
            "sh",
            "-c",
            "until [ -s .running ]; do :; done; kill -KILL \"$PPID\"; exec >&- 2>&-; read -r _ <\"$1\"",
            "x",
            goOn.toString());
    first.deploy(node);
    assertThat(node.file("kitchen/.running")).exists();
    assertThatExceptionOfType(UnreachableException.class)
        .isThrownBy(() -> second.deploy(node))
        .matches(UnreachableException::isLocked)
        .withMessageMatching(
            "another run is at work on the node: a converge that goes on without its run, process \\d+,"
                + " since .*");
    goOn();
    assertThat(second.deploy(node)).isEqualTo(new DeployResult(0, ""));
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
  void whatOthersPutInTheWayWhileItIsReplacedIsNotRun(String plant) throws Exception {
    var node = new LocalNode(temp.resolve("node"), Shell.DASH);
    first.deploy(node);
    // What others could write to is not trusted.
    Files.setPosixFilePermissions(
        node.file("kitchen"), PosixFilePermissions.fromString("rwxrwxrwx"));
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
