package dev.kitchenhooks.chef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kitchenhooks.chef.LocalNode.Shell;
import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.kitchen.Secret;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.run.DeployResult;
import dev.kitchenhooks.run.Revisions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of the kitchen goes to a node, and what becomes of it there. */
@Timeout(120)
class SyncTest {
  private static final String RECIPE = "site-cookbooks/nginx/recipes/default.rb";

  @TempDir Path temp;
  private DeployFixture fixture;

  /** What somebody else does to a revision. */
  interface Tampering {
    void with(Path revision) throws IOException;
  }

  @BeforeEach
  void makeKitchen() throws IOException {
    fixture = new DeployFixture(temp);
    fixture.kitchen.file(RECIPE, "package 'nginx'\n");
  }

  private LocalNode node(Shell shell) throws IOException {
    assumeTrue(
        shell != Shell.BUSYBOX || Files.isExecutable(Path.of("/usr/bin/busybox")),
        "needs busybox: apt-get install it");
    return new LocalNode(temp.resolve("node"), shell);
  }

  @ParameterizedTest
  @EnumSource
  void whereNothingHasChangedNothingIsSent(Shell shell) throws Exception {
    LocalNode node = node(shell);
    fixture.deploy(node);
    node.inputWritten.set(0);
    assertThat(fixture.deploy(node)).isEqualTo(new DeployResult(0, ""));
    assertThat(node.inputWritten).hasValue(0);
    assertThat(node.commands).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void ofAChangeOnlyWhatDiffersIsSent(Shell shell) throws Exception {
    LocalNode node = node(shell);
    fixture.kitchen.bytes("cookbooks/big/file", noise(200_000));
    fixture.deploy(node);
    node.inputWritten.set(0);
    fixture.kitchen.file(RECIPE, "package 'apache'\n");
    assertThat(fixture.deploy(node).exitCode()).isZero();
    assertThat(node.inputWritten.get()).isLessThan(3_000);
    assertThat(node.revision().resolve(RECIPE)).content().contains("apache");
    assertThat(node.revision().resolve("cookbooks/big/file")).hasSize(200_000);
  }

  static Stream<Arguments> tampering() {
    var kinds = new ArrayList<Arguments>();
    for (Shell shell : List.of(Shell.DASH, Shell.BUSYBOX)) {
      kinds.add(kind(shell, "content", r -> Files.writeString(r.resolve(RECIPE), "other\n")));
      kinds.add(
          kind(
              shell,
              "content of the same size and time",
              r -> {
                FileTime time = Files.getLastModifiedTime(r.resolve(RECIPE));
                Files.writeString(r.resolve(RECIPE), "package 'xxxxx'\n");
                Files.setLastModifiedTime(r.resolve(RECIPE), time);
              }));
      kinds.add(kind(shell, "mode", r -> mode(r.resolve(RECIPE), "rwxr-xr-x")));
      kinds.add(kind(shell, "mode of no other", r -> mode(r.resolve(RECIPE), "rwx-w-r-x")));
      kinds.add(kind(shell, "mode of a directory", r -> mode(r.resolve("roles"), "rwxrwxrwx")));
      kinds.add(kind(shell, "removed", r -> Files.delete(r.resolve(RECIPE))));
      kinds.add(kind(shell, "added", r -> Files.writeString(r.resolve("roles/evil.json"), "{}")));
      kinds.add(
          kind(
              shell,
              "odd name added",
              r -> Files.writeString(r.resolve("roles/x\nf 644 0 y"), "")));
      kinds.add(
          kind(shell, "another node", r -> Files.writeString(r.resolve("nodes/x.json"), "broken")));
      kinds.add(
          kind(
              shell,
              "link in its place",
              r -> {
                Files.delete(r.resolve(RECIPE));
                Files.createSymbolicLink(r.resolve(RECIPE), Path.of("/etc/passwd"));
              }));
      kinds.add(
          kind(
              shell,
              "directory in its place",
              r -> {
                Files.delete(r.resolve(RECIPE));
                Files.createDirectories(r.resolve(RECIPE + "/deep"));
              }));
      kinds.add(
          kind(shell, "own file", r -> Files.writeString(r.resolve(".node/node.json"), "{}")));
    }
    return kinds.stream();
  }

  private static Arguments kind(Shell shell, String name, Tampering tampering) {
    return Arguments.of(shell, name, tampering);
  }

  private static void mode(Path file, String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("tampering")
  void whatSomebodyElseHasChangedIsPutRight(Shell shell, String name, Tampering tampering)
      throws Exception {
    LocalNode node = node(shell);
    fixture.kitchen.bytes("cookbooks/big/file", noise(200_000));
    fixture.deploy(node);
    Path revision = node.revision();
    List<String> before = described(revision);
    tampering.with(revision);
    node.inputWritten.set(0);
    assertThat(fixture.deploy(node)).as(name).isEqualTo(new DeployResult(0, ""));
    assertThat(node.revision()).isEqualTo(revision);
    assertThat(described(revision)).isEqualTo(before);
    assertThat(node.inputWritten.get()).isBetween(1L, 20_000L);
    node.inputWritten.set(0);
    fixture.deploy(node);
    assertThat(node.inputWritten).as("it is as it was left").hasValue(0);
  }

  @ParameterizedTest
  @EnumSource
  void nodeThatIsNotRememberedTellsWhatItHas(Shell shell) throws Exception {
    LocalNode node = node(shell);
    fixture.kitchen.bytes("cookbooks/big/file", noise(200_000));
    fixture.kitchen.file("cookbooks/odd/a\\b\nc\rd", "odd");
    fixture.deploy(node);
    try (Stream<Path> remembered = Files.list(fixture.memory)) {
      for (Path file : remembered.toList()) {
        Files.delete(file);
      }
    }
    fixture.kitchen.role("db", "recipe[postgres]");
    node.inputWritten.set(0);
    assertThat(fixture.deploy(node)).isEqualTo(new DeployResult(0, ""));
    assertThat(node.inputWritten.get()).isBetween(1L, 20_000L);
    assertThat(node.revision().resolve("roles/db.json")).exists();
    assertThat(node.revision().resolve("cookbooks/odd/a\\b\nc\rd")).exists();
  }

  @ParameterizedTest
  @EnumSource
  void withoutTheUsualProgramsItIsTheSame(Shell shell) throws Exception {
    LocalNode node = node(shell);
    assumeTrue(shell == Shell.BUSYBOX, "only there programs can be taken away one by one");
    for (String program : List.of("gzip", "sha256sum", "stat")) {
      Files.delete(node.file("bin/" + program));
    }
    fixture.deploy(node);
    fixture.kitchen.role("db", "recipe[postgres]");
    assertThat(fixture.deploy(node)).isEqualTo(new DeployResult(0, ""));
    node.inputWritten.set(0);
    fixture.deploy(node);
    assertThat(node.inputWritten).hasValue(0);
    Files.writeString(node.revision().resolve(RECIPE), "changed\n");
    assertThat(fixture.deploy(node)).isEqualTo(new DeployResult(0, ""));
    assertThat(node.revision().resolve(RECIPE)).hasContent("package 'nginx'");
  }

  @ParameterizedTest
  @EnumSource
  void lastTwoRevisionsStay(Shell shell) throws Exception {
    LocalNode node = node(shell);
    List<String> ids = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      fixture.kitchen.role(name, "recipe[x]");
      fixture.deploy(node);
      Optional<String> before = ids.isEmpty() ? Optional.empty() : Optional.of(ids.getLast());
      assertThat(fixture.revisions.before()).isEqualTo(before);
      ids.add(fixture.revisions.after().orElseThrow());
    }
    fixture.deploy(node);
    assertThat(fixture.revisions)
        .isEqualTo(new Revisions(Optional.of(ids.get(2)), Optional.of(ids.get(2))));
    assertThat(node.file("kitchen/rev-" + ids.get(0))).doesNotExist();
    assertThat(node.file("kitchen/rev-" + ids.get(1))).exists();
  }

  @ParameterizedTest
  @EnumSource
  void earlierRevisionIsConvergedAgainAndNothingIsSent(Shell shell) throws Exception {
    LocalNode node = node(shell);
    fixture.deploy(node);
    String first = fixture.revisions.after().orElseThrow();
    fixture.kitchen.role("db", "recipe[postgres]");
    fixture.deploy(node);
    String second = fixture.revisions.after().orElseThrow();
    node.inputWritten.set(0);
    fixture.choice = new RevisionChoice.Earlier(first);
    assertThat(fixture.deploy(node)).isEqualTo(new DeployResult(0, ""));
    assertThat(fixture.revisions).isEqualTo(new Revisions(Optional.of(second), Optional.of(first)));
    assertThat(node.inputWritten).hasValue(0);
    assertThat(node.revision().resolve("roles/db.json")).doesNotExist();
    assertThat(node.file("kitchen/kitchen").toRealPath()).isEqualTo(node.revision().toRealPath());
    fixture.choice = new RevisionChoice.Earlier(second);
    assertThat(fixture.deploy(node)).isEqualTo(new DeployResult(0, ""));
  }

  @ParameterizedTest
  @EnumSource
  void earlierRevisionThatIsGoneOrChangedIsRefused(Shell shell) throws Exception {
    LocalNode node = node(shell);
    fixture.deploy(node);
    String first = fixture.revisions.after().orElseThrow();
    fixture.choice = new RevisionChoice.Earlier("0123456789abcdef-01234567");
    assertThat(fixture.deploy(node))
        .isEqualTo(
            new DeployResult(
                1,
                "revision 0123456789abcdef-01234567 is no longer on this node;"
                    + " check out what it was made of, and deploy that"));
    assertThat(fixture.revisions).isEqualTo(new Revisions(Optional.of(first), Optional.of(first)));
    Files.writeString(node.revision().resolve(RECIPE), "changed\n");
    fixture.choice = new RevisionChoice.Earlier(first);
    assertThat(fixture.deploy(node).detail()).contains("was changed on this node");
    assertThat(node.recorded("calls").lines()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void whyRunLeavesTheCurrentRevision(Shell shell) throws Exception {
    LocalNode node = node(shell);
    fixture.deploy(node);
    Path current = node.revision();
    fixture.kitchen.role("db", "recipe[postgres]");
    fixture.work = Work.Converge.of(Work.Manner.WHY_RUN);
    assertThat(fixture.deploy(node)).isEqualTo(new DeployResult(0, ""));
    assertThat(fixture.revisions.after()).isEqualTo(fixture.revisions.before());
    assertThat(node.recorded("calls")).contains("-c why-run.rb -j why-run.json");
    assertThat(node.revision()).isEqualTo(current);
    assertThat(node.file("kitchen/kitchen").toRealPath()).isEqualTo(current.toRealPath());
    assertThat(node.file("kitchen/why-run.rb")).doesNotExist();
    node.inputWritten.set(0);
    fixture.work = Work.Converge.of(Work.Manner.USUAL);
    fixture.deploy(node);
    assertThat(node.inputWritten).as("what was tried need not be sent again").hasValue(0);
    assertThat(node.revision().resolve("roles/db.json")).exists();
  }

  @ParameterizedTest
  @EnumSource
  void whatChefHasWrittenIsForgotten(Shell shell) throws Exception {
    LocalNode node = node(shell);
    fixture.deploy(node);
    Path object = node.revision().resolve("nodes/" + DeployFixture.NODE + ".json");
    Files.delete(object);
    Files.writeString(object, "{\"stale\": 1}");
    node.inputWritten.set(0);
    fixture.deploy(node);
    assertThat(object).content().contains("ipaddress").doesNotContain("stale");
    assertThat(node.inputWritten).hasValue(0);
  }

  @ParameterizedTest
  @EnumSource
  void logHasTheLastRunAndTheOneBefore(Shell shell) throws Exception {
    LocalNode node = node(shell);
    fixture.log = "logs/solo.log";
    fixture.command = List.of("sh", "-c", "echo first; echo error >&2; exit 3");
    assertThat(fixture.deploy(node).exitCode()).isEqualTo(3);
    fixture.command = List.of("sh", "-c", "echo second");
    assertThat(fixture.deploy(node).exitCode()).isZero();
    assertThat(node.file("logs/solo.log")).hasContent("second");
    assertThat(node.file("logs/solo.log.1")).hasContent("first\nerror");
    assertThat(fixture.output).containsExactly("first", "error", "second");
    fixture.log = "bin/sh/solo.log";
    assertThat(fixture.deploy(node).exitCode()).isZero();
    assertThat(fixture.output)
        .contains(
            node.file("bin/sh/solo.log") + " cannot be written: the node keeps no log of this run");
  }

  @ParameterizedTest
  @EnumSource
  void chefClientRunsInLocalModeOrCincsDoes(Shell shell) throws Exception {
    LocalNode node = node(shell);
    fixture.program = KitchenConfig.Chef.Program.CLIENT;
    Files.move(node.file("bin/chef-solo"), node.file("bin/cinc-client"));
    assertThat(fixture.deploy(node)).isEqualTo(new DeployResult(0, ""));
    assertThat(node.recorded("calls"))
        .isEqualTo("-z -c solo.rb -j node.json -l info --force-logger --no-color\n");
  }

  @ParameterizedTest
  @EnumSource
  void packagesAreACopyThatIsPutRightToo(Shell shell) throws Exception {
    LocalNode node = node(shell);
    Path local = Files.createDirectories(temp.resolve("packages"));
    Files.writeString(local.resolve("a.deb"), "a");
    Path there = node.file("srv/packages");
    fixture.packages = Optional.of(new KitchenConfig.Packages(local, there.toString()));
    assertThat(fixture.deploy(node)).isEqualTo(new DeployResult(0, ""));
    assertThat(DeployScriptTest.tree(there)).containsExactly("a.deb");
    Files.writeString(there.resolve("a.deb"), "b");
    Files.writeString(there.resolve("more.deb"), "b");
    node.inputWritten.set(0);
    assertThat(fixture.deploy(node)).isEqualTo(new DeployResult(0, ""));
    assertThat(node.inputWritten).hasValue(0);
    assertThat(DeployScriptTest.tree(there)).containsExactly("a.deb");
    assertThat(there.resolve("a.deb")).hasContent("a");
    Files.delete(local.resolve("a.deb"));
    Files.writeString(local.resolve("c.deb"), "c");
    assertThat(fixture.deploy(node)).isEqualTo(new DeployResult(0, ""));
    assertThat(DeployScriptTest.tree(there)).containsExactly("c.deb");
    assertThat(fixture.output).noneMatch(line -> line.contains("warning"));
  }

  @Test
  void directoryOfPackagesWithAnythingElseIsLeftAlone() throws Exception {
    LocalNode node = node(Shell.DASH);
    Path local = Files.createDirectories(temp.resolve("packages"));
    Path there = Files.createDirectories(node.file("srv/packages"));
    Files.writeString(there.resolve("precious"), "x");
    fixture.packages = Optional.of(new KitchenConfig.Packages(local, there.toString()));
    assertThat(fixture.deploy(node).detail())
        .contains("holds precious, which is no part of [sync-packages] local-dir");
    assertThat(there.resolve("precious")).exists();
    assertThat(node.recorded("calls")).isEmpty();
  }

  @Test
  void whatIsForTheRunAloneGoesThoughTheScriptIsKilled() throws Exception {
    LocalNode node = node(Shell.DASH);
    fixture.secret = Optional.of(Files.writeString(temp.resolve("secret"), "s3cret"));
    fixture.removeDataBags = true;
    fixture.command =
        List.of("sh", "-c", "until [ -s .running ]; do :; done; ls private; kill -KILL \"$PPID\"");
    fixture.deploy(node);
    assertThat(fixture.output).contains("data_bags", "encrypted_data_bag_secret");
    Path left = node.file("kitchen/private");
    while (Files.exists(left) && !Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
    assertThat(left).doesNotExist();
  }

  @Test
  void readOnlyWorkPathIsNamed() throws Exception {
    fixture.workPath = "/proc/kitchen";
    LocalNode node = node(Shell.DASH);
    assertThat(fixture.deploy(node).detail())
        .startsWith("upload failed: ")
        .contains("/proc/kitchen");
    assertThat(node.recorded("calls")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void workPathThatWasMountedReadOnlyKeepsItsRevision(boolean passwordIsWanted) throws Exception {
    Path disk = Files.createDirectories(temp.resolve("disk"));
    assumeTrue(
        mount("-t", "tmpfs", "tmpfs", disk.toString()), "needs root, to mount a file system");
    try {
      LocalNode node = node(Shell.DASH);
      node.program("id", "#!/bin/sh\necho 1000\n");
      if (passwordIsWanted) {
        node.setting("sudo-password", "right");
        fixture.password = Optional.of(new Secret("right"));
      }
      fixture.workPath = disk.resolve("kitchen").toString();
      assertThat(fixture.deploy(node)).isEqualTo(new DeployResult(0, ""));
      String before = Files.readString(disk.resolve("kitchen/current"));
      String calls = node.recorded("calls");
      fixture.kitchen.role("db", "recipe[postgres]");
      assertThat(mount("-o", "remount,ro", disk.toString())).isTrue();

      DeployResult result = fixture.deploy(node);

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.detail()).startsWith("upload failed: ").contains("Read-only file system");
      assertThat(disk.resolve("kitchen/current")).hasContent(before);
      assertThat(node.recorded("calls")).as("no converge").isEqualTo(calls);

      assertThat(mount("-o", "remount,rw", disk.toString())).isTrue();
      assertThat(fixture.deploy(node)).isEqualTo(new DeployResult(0, ""));
    } finally {
      new ProcessBuilder("umount", "-l", disk.toString()).start().waitFor();
    }
  }

  private static boolean mount(String... words) throws Exception {
    var argv = new ArrayList<>(List.of("mount"));
    argv.addAll(List.of(words));
    return new ProcessBuilder(argv).redirectErrorStream(true).start().waitFor() == 0;
  }

  @Test
  void linksAreSkippedUnlessTheyAreToBeFollowed() throws Exception {
    LocalNode node = node(Shell.DASH);
    Path files = fixture.kitchen.file("site-cookbooks/nginx/files/a", "a").directory();
    Path elsewhere = Files.writeString(temp.resolve("elsewhere"), "shared");
    Files.createSymbolicLink(files.resolve("site-cookbooks/nginx/files/link"), elsewhere);
    assertThat(fixture.deploy(node)).isEqualTo(new DeployResult(0, ""));
    Path there = node.file("kitchen/site-cookbooks/nginx/files");
    assertThat(there.resolve("a")).exists();
    assertThat(there.resolve("link")).doesNotExist();

    fixture.followSymlinks = true;
    assertThat(fixture.deploy(node)).isEqualTo(new DeployResult(0, ""));
    assertThat(there.resolve("link")).isRegularFile().hasContent("shared");
    assertThat(Files.isSymbolicLink(there.resolve("link"))).isFalse();
  }

  @Test
  void loginShellThatPrintsDoesNoHarm() throws Exception {
    LocalNode node = node(Shell.DASH);
    node.program("sh", "#!/usr/bin/dash\nprintf 'Welcome! '\nexec /usr/bin/dash \"$@\"\n");
    assertThat(fixture.deploy(node)).isEqualTo(new DeployResult(0, ""));
    assertThat(fixture.output).noneMatch(line -> line.contains("fix:"));
  }

  @Test
  void fullDiskLeavesTheOldRevision() throws Exception {
    Path small = Files.createDirectories(temp.resolve("small"));
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", small.toString())
            .redirectErrorStream(true)
            .start();
    assumeTrue(mount.waitFor() == 0, "needs root, to mount a file system of 400 kB");
    try {
      LocalNode node = node(Shell.DASH);
      fixture.workPath = small.resolve("kitchen").toString();
      fixture.log = "solo.log";
      fixture.deploy(node);
      String before = Files.readString(small.resolve("kitchen/current"));
      fixture.kitchen.bytes("cookbooks/big/file", noise(600_000));
      DeployResult result = fixture.deploy(node);
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.detail())
          .contains("No space left on device; free space on node1.farm.test, or set [kitchen]");
      assertThat(small.resolve("kitchen/current")).content().isEqualTo(before);
      Files.delete(fixture.kitchen.directory().resolve("cookbooks/big/file"));
      fixture.kitchen.role("db", "recipe[postgres]");
      assertThat(fixture.deploy(node)).isEqualTo(new DeployResult(0, ""));
    } finally {
      new ProcessBuilder("umount", "-l", small.toString()).start().waitFor();
    }
  }

  /** Every entry with its mode and, but for what chef writes, its content. */
  private static List<String> described(Path revision) throws IOException {
    try (Stream<Path> files = Files.walk(revision)) {
      var lines = new ArrayList<String>();
      for (Path file : files.sorted().toList()) {
        String content =
            Files.isRegularFile(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        lines.add(
            "%s %s %s"
                .formatted(
                    revision.relativize(file),
                    file.equals(revision)
                        ? ""
                        : PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
                    content));
      }
      return lines;
    }
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new java.util.Random(7).nextBytes(bytes);
    return bytes;
  }
}
