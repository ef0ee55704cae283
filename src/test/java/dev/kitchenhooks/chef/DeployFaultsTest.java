package dev.kitchenhooks.chef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.kitchenhooks.chef.LocalNode.Shell;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.process.StopRequest.Level;
import dev.kitchenhooks.remote.UnreachableException;
import dev.kitchenhooks.run.DeployResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Deploys that do not come to their end, and what is said of them. */
@Timeout(60)
class DeployFaultsTest {
  @TempDir Path temp;
  private DeployFixture fixture;
  private LocalNode node;

  @BeforeEach
  void makeNode() throws Exception {
    fixture = new DeployFixture(temp);
    node = new LocalNode(temp.resolve("node"), Shell.DASH);
  }

  @Test
  void fullDiskIsNamedAndTheOldKitchenStays() throws Exception {
    fixture.deploy(node);
    Path before = node.revision();
    fixture.kitchen.role("db", "recipe[postgres]");
    // The kernel's own ENOSPC, without filling a file system.
    node.program("tar", "#!/bin/sh\nexec cat >/dev/full\n");
    DeployResult result = fixture.deploy(node);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.detail())
        .startsWith("upload failed: ")
        .contains("No space left on device; free space on node1.farm.test, or set [kitchen]");
    assertThat(node.revision()).isEqualTo(before);
  }

  @Test
  void missingTarIsNamed() throws Exception {
    Files.createDirectories(node.file("empty"));
    for (String program : List.of("mkdir", "rm", "mv", "cat", "date", "sleep")) {
      node.program(program, "#!/bin/sh\nexec /bin/%s \"$@\"\n".formatted(program));
    }
    node.program(
        "sh", "#!/usr/bin/dash\nPATH=%s exec /usr/bin/dash \"$@\"\n".formatted(node.file("bin")));
    node.program("id", "#!/usr/bin/dash\necho 0\n");
    assertThat(fixture.deploy(node))
        .isEqualTo(
            new DeployResult(
                1, "upload failed: tar is missing on this node; install it on node1.farm.test"));
  }

  @Test
  void workPathInAFileIsNamed() throws Exception {
    fixture.workPath = "bin/chef-solo/kitchen";
    assertThat(fixture.deploy(node).detail()).startsWith("upload failed: ").contains("mkdir");
    fixture.workPath = "bin/chef-solo";
    assertThat(fixture.deploy(node).detail()).contains("is in the way: it is not a directory");
  }

  @Test
  void missingSecretIsNamedBeforeAnythingStarts() {
    Path missing = temp.resolve("missing");
    fixture.secret = Optional.of(missing);
    assertThatThrownBy(() -> fixture.deploy(node))
        .isInstanceOf(FixException.class)
        .hasMessage("[userinfo] encrypted_data_bag_secret: " + missing + " does not exist");
    assertThat(node.commands).isEmpty();
  }

  @Test
  void secretThatGoesAwayInMidRunFailsTheNode() throws Exception {
    Path secret = Files.writeString(temp.resolve("secret"), "s3cret");
    fixture.secret = Optional.of(secret);
    fixture.beforeDeploy = () -> secret.toFile().delete();
    assertThat(fixture.deploy(node))
        .isEqualTo(new DeployResult(1, "upload failed: " + secret + " does not exist"));
    assertThat(node.commands).isEmpty();
  }

  @Test
  void kitchenThatCannotBeReadIsRefusedBeforeAnythingStarts() throws Exception {
    Path cookbooks = Files.createDirectories(fixture.kitchen.directory().resolve("cookbooks"));
    Files.createSymbolicLink(cookbooks.resolve("loop"), cookbooks);
    fixture.followSymlinks = true;
    assertThatThrownBy(() -> fixture.deploy(node))
        .isInstanceOf(FixException.class)
        .hasMessageContaining("the kitchen cannot be uploaded: ")
        .hasMessageContaining("cookbooks/loop");
    assertThat(node.commands).isEmpty();
  }

  @Test
  void everyFileThatCannotBeReadIsNamedBeforeAnythingStarts() throws Exception {
    for (String name : List.of("roles/x.json", "cookbooks/a/y.rb")) {
      fixture.kitchen.file(name, "x").permissions(name, "---------");
    }
    assumeFalse(
        Files.isReadable(fixture.kitchen.directory().resolve("roles/x.json")),
        "needs a caller who may not read everything, as root may");
    assertThatThrownBy(() -> fixture.deploy(node))
        .isInstanceOfSatisfying(
            FixException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Problem::file)
                    .containsExactly("cookbooks/a/y.rb", "roles/x.json"));
  }

  @Test
  void nodeFileThatBreaksInMidRunIsLeftOutOfTheOthersSearch() throws Exception {
    breakInMidRun("other.farm.test");
    assertThat(fixture.deploy(node)).isEqualTo(new DeployResult(0, ""));
    assertThat(DeployScriptTest.tree(node.revision()))
        .contains("nodes/node1.farm.test.json")
        .doesNotContain("nodes/other.farm.test.json");
  }

  @Test
  void nodeFileThatBreaksInMidRunFailsItsOwnNode() throws Exception {
    breakInMidRun(DeployFixture.NODE);
    assertThat(fixture.deploy(node))
        .isEqualTo(new DeployResult(1, "upload failed: nodes/x.json:3:7: error: expected \",\""));
    assertThat(node.commands).isEmpty();
  }

  private void breakInMidRun(String fqdn) {
    Function<String, ObjectNode> sound = fixture.documents;
    fixture.nodes = List.of(DeployFixture.NODE, "other.farm.test");
    fixture.documents =
        asked -> {
          if (asked.equals(fqdn)) {
            throw FixException.invalid(
                "broken", List.of(Problem.error("nodes/x.json", 3, 7, "expected \",\"")));
          }
          return sound.apply(asked);
        };
  }

  @Test
  void whyRunIsAskedOfChefSoloAndNeverOfAnotherCommand() throws Exception {
    fixture.work = Work.Converge.of(Work.Manner.WHY_RUN);
    assertThat(fixture.deploy(node).exitCode()).isZero();
    assertThat(node.recorded("calls")).endsWith(" --why-run\n");
    fixture.command = List.of("converge");
    assertThatThrownBy(() -> fixture.deploy(node))
        .isInstanceOf(FixException.class)
        .hasMessageContaining("--why-run cannot be asked of [kitchen] converge_command");
  }

  @Test
  void timeLimitEndsTheConverge() throws Exception {
    fixture.command = List.of("sh", "-c", "echo began; exec sleep 1000");
    fixture.timeout = Optional.of(Duration.ofSeconds(2));
    assertThat(fixture.deploy(node)).isEqualTo(new DeployResult(124, "timed out after 2s"));
    assertThat(fixture.output).containsExactly("began");
    assertThat(node.file("kitchen/.running")).doesNotExist();
  }

  @Test
  void stopLetsTheConvergeFinishWhatItMust() throws Exception {
    fixture.command =
        List.of("sh", "-c", "trap 'echo tidied up; exit 0' TERM; echo began; sleep 1000 & wait");
    var stop = new StopRequest();
    DeployResult result = deployAndAt("began", () -> stop.request(Level.TERMINATE), stop);
    assertThat(result)
        .isEqualTo(
            new DeployResult(130, "stopped; it finished its run all the same (exit code 0)"));
    assertThat(fixture.output).contains("tidied up");
  }

  @Test
  void secondStopKillsAllThatTheConvergeStarted() throws Exception {
    fixture.command =
        List.of(
            "sh", "-c", "trap '' TERM; sleep 1000 & echo child $!; echo began; wait; sleep 1000");
    Path secret = Files.writeString(temp.resolve("secret"), "s3cret");
    fixture.secret = Optional.of(secret);
    var stop = new StopRequest();
    DeployResult result =
        deployAndAt(
            "began",
            () -> {
              stop.request(Level.TERMINATE);
              stop.request(Level.KILL);
            },
            stop);
    assertThat(result).isEqualTo(new DeployResult(130, "stopped"));
    String child =
        fixture.output.stream().filter(line -> line.startsWith("child ")).findFirst().orElseThrow();
    Optional<ProcessHandle> handle = ProcessHandle.of(Long.parseLong(child.substring(6)));
    handle.ifPresent(process -> process.onExit().join());
    assertThat(node.file("kitchen/private")).doesNotExist();
  }

  @Test
  void stopDuringTheUploadBreaksItOff() throws Exception {
    var stop = new StopRequest();
    node.beforeInput = () -> stop.request(Level.TERMINATE);
    DeployResult result = fixture.deploy(node, DeployFixture.NODE, stop);
    assertThat(result).isEqualTo(new DeployResult(130, "stopped"));
    assertThat(node.file("kitchen/current")).doesNotExist();
    assertThat(node.recorded("calls")).isEmpty();
  }

  /** Deploys, and does something when the converge prints a line. */
  private DeployResult deployAndAt(String line, Runnable then, StopRequest stop) throws Exception {
    var reached = new CountDownLatch(1);
    fixture.onLine =
        printed -> {
          if (printed.equals(line)) {
            reached.countDown();
          }
        };
    CompletableFuture<DeployResult> deploy =
        CompletableFuture.supplyAsync(() -> {
          try {
            return fixture.deploy(node, DeployFixture.NODE, stop);
          } catch (IOException | UnreachableException e) {
            throw new IllegalStateException(e);
          }
        });
    reached.await();
    then.run();
    return deploy.join();
  }
}
