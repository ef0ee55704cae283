package dev.kitchenhooks.chef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kitchenhooks.chef.LocalNode.Shell;
import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.kitchen.Secret;
import dev.kitchenhooks.run.DeployResult;
import dev.kitchenhooks.testkit.SshKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The scripts that run on nodes, under every shell that this machine has. */
@Timeout(120)
class DeployScriptTest {
  @TempDir Path temp;
  private DeployFixture fixture;

  @BeforeEach
  void makeKitchen() throws IOException {
    fixture = new DeployFixture(temp);
  }

  private LocalNode node(Shell shell) throws IOException {
    Path program =
        switch (shell) {
          case DASH -> Path.of("/usr/bin/dash");
          case BASH -> Path.of("/usr/bin/bash");
          case BUSYBOX -> Path.of("/usr/bin/busybox");
        };
    assumeTrue(Files.isExecutable(program), "needs " + program + ": apt-get install it");
    return new LocalNode(temp.resolve("node"), shell);
  }

  @ParameterizedTest
  @EnumSource
  void kitchenIsPutInPlaceAndConverged(Shell shell) throws Exception {
    LocalNode node = node(shell);
    assertThat(fixture.deploy(node)).isEqualTo(new DeployResult(0, ""));
    assertThat(tree(node.revision()))
        .contains(
            "nodes/node1.farm.test.json",
            "roles/web.json",
            "environments/staging.json",
            "site-cookbooks/nginx/recipes/default.rb",
            "data_bags/users/ann.json",
            ".node/node.json",
            ".node/solo.rb")
        .noneMatch(name -> name.contains("hook-defs") || name.contains("drain"));
    assertThat(node.recorded("calls"))
        .isEqualTo("-c solo.rb -j node.json -l info --force-logger --no-color\n");
    assertThat(fixture.output).contains("  * role[web]").noneMatch(line -> line.contains("fix:"));
    assertThat(mode(node.file("kitchen"))).isEqualTo("rwx------");
    assertThat(mode(node.file("kitchen/node.json"))).isEqualTo("rw-------");
    assertThat(node.commands).hasSize(1);
    assertThat(fixture.leftInState()).isEmpty();
    assertThat(beside(node)).containsExactly("kitchen");
  }

  @ParameterizedTest
  @EnumSource
  void nextDeployReplacesTheKitchenAndKeepsChefsOwnFiles(Shell shell) throws Exception {
    LocalNode node = node(shell);
    fixture.deploy(node);
    Files.createDirectories(node.file("kitchen/cache"));
    Files.writeString(node.file("kitchen/cache/package.deb"), "x");
    Files.writeString(node.file("kitchen/nodes/" + DeployFixture.NODE + ".json"), "{\"old\": 1}");
    Files.delete(fixture.kitchen.directory().resolve("roles/web.json"));
    fixture.kitchen.role("db", "recipe[postgres]");
    assertThat(fixture.deploy(node).exitCode()).isZero();
    assertThat(tree(node.revision())).contains("roles/db.json").doesNotContain("roles/web.json");
    assertThat(node.file("kitchen/cache/package.deb")).exists();
    assertThat(node.file("kitchen/nodes/" + DeployFixture.NODE + ".json"))
        .content()
        .contains("\"ipaddress\"")
        .doesNotContain("old");
    assertThat(beside(node)).containsExactly("kitchen");
  }

  @ParameterizedTest
  @EnumSource
  void transferCutAnywhereLeavesTheOldKitchen(Shell shell) throws Exception {
    LocalNode node = node(shell);
    fixture.deploy(node);
    Path before = node.revision();
    List<String> files = tree(before);
    fixture.kitchen.role("db", "recipe[postgres]");
    long whole = transferLength(shell);
    for (long cut = 0; cut < whole; cut += Math.max(1, whole / 24)) {
      node.inputLimit = cut;
      DeployResult result = fixture.deploy(node);
      assertThat(result.exitCode()).as("cut after %d of %d", cut, whole).isEqualTo(255);
      assertThat(result.detail()).isEqualTo("connection lost: cut by the test");
      assertThat(node.revision()).as("cut after %d", cut).isEqualTo(before);
      assertThat(tree(before)).as("cut after %d", cut).isEqualTo(files);
      assertThat(beside(node)).containsExactly("kitchen");
    }
    assertThat(node.recorded("calls").lines()).as("converged only once").hasSize(1);
    node.inputLimit = Long.MAX_VALUE;
    fixture.deploy(node);
    assertThat(tree(node.revision())).contains("roles/db.json");
  }

  /** How many bytes of input a node like it reads for the change. */
  private long transferLength(Shell shell) throws Exception {
    var other = new LocalNode(temp.resolve("other"), shell);
    var role = fixture.kitchen.directory().resolve("roles/db.json");
    String text = Files.readString(role);
    Files.delete(role);
    fixture.deploy(other);
    Files.writeString(role, text);
    long before = other.inputWritten.get();
    fixture.deploy(other);
    return other.inputWritten.get() - before;
  }

  @ParameterizedTest
  @CsvSource({
    "DASH,1",
    "DASH,2",
    "DASH,3",
    "DASH,172",
    "DASH,124",
    "DASH,130",
    "DASH,255",
    "BASH,3",
    "BUSYBOX,1",
    "BUSYBOX,172"
  })
  void exitCodeIsChefsOwn(Shell shell, int code) throws Exception {
    LocalNode node = node(shell);
    node.setting("exit-code", Integer.toString(code));
    DeployResult result = fixture.deploy(node);
    assertThat(result.exitCode()).isEqualTo(code);
    assertThat(result.detail())
        .isEqualTo(code == 172 ? "chef-solo wants its license accepted on node1.farm.test" : "");
  }

  @ParameterizedTest
  @EnumSource
  void secretsAreThereForTheRunAndGoneAfterwards(Shell shell) throws Exception {
    LocalNode node = node(shell);
    node.setting("exit-code", "1");
    Path secret = Files.writeString(temp.resolve("secret"), "s3cret\n");
    fixture.secret = Optional.of(secret);
    fixture.removeDataBags = true;
    assertThat(fixture.deploy(node).exitCode()).isEqualTo(1);
    assertThat(node.recorded("saw"))
        .containsPattern("-rw-------.* \\./private/encrypted_data_bag_secret\n")
        .contains("private/data_bags/users/ann.json");
    assertThat(tree(node.file("kitchen")))
        .doesNotContain(".running")
        .noneMatch(name -> name.contains("secret") || name.contains("data_bags"));
    assertThat(node.commands.getFirst()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @EnumSource
  void withoutChefSoloCincSoloRuns(Shell shell) throws Exception {
    LocalNode node = node(shell);
    Files.move(node.file("bin/chef-solo"), node.file("bin/cinc-solo"));
    assertThat(fixture.deploy(node).exitCode()).isZero();
    Files.delete(node.file("bin/cinc-solo"));
    assertThat(fixture.deploy(node))
        .isEqualTo(
            new DeployResult(
                127,
                "neither chef-solo nor cinc-solo is on node1.farm.test's PATH;"
                    + " install one or set [kitchen] converge_command"));
  }

  @ParameterizedTest
  @EnumSource
  void ownCommandRunsInTheWorkPathWithItsArgumentsAsTheyAre(Shell shell) throws Exception {
    LocalNode node = node(shell);
    fixture.command =
        List.of("sh", "-c", "pwd; echo \"$1\"; cat; exit 7", "x", "a 'b' $HOME \"c\"");
    fixture.workPath = node.file("it's a kitchen/").toString() + "/";
    assertThat(fixture.deploy(node).exitCode()).isEqualTo(7);
    assertThat(fixture.output)
        .containsExactly(node.file("it's a kitchen").toString(), "a 'b' $HOME \"c\"");
    fixture.proxies =
        new KitchenConfig.Proxies(
            Optional.of(new Secret("http://a:it's@proxy:3128")),
            Optional.of(new Secret("http://b")));
    fixture.command = List.of("sh", "-c", "echo $http_proxy $https_proxy $HTTPS_PROXY");
    fixture.output.clear();
    assertThat(fixture.deploy(node).exitCode()).isZero();
    assertThat(fixture.output).containsExactly("http://a:it's@proxy:3128 http://b http://b");
    fixture.command = List.of("no-such-command");
    assertThat(fixture.deploy(node))
        .isEqualTo(
            new DeployResult(127, "[kitchen] converge_command was not found on node1.farm.test"));
  }

  @ParameterizedTest
  @EnumSource
  void directoryThatIsNoKitchenIsNotReplaced(Shell shell) throws Exception {
    LocalNode node = node(shell);
    fixture.workPath = ".";
    DeployResult result = fixture.deploy(node);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.detail())
        .startsWith("upload failed: ")
        .contains("holds ", "set [kitchen] node_work_path");
    assertThat(node.file("bin/chef-solo")).exists();
    Files.createDirectories(node.file("other"));
    Files.writeString(node.file("other/.hidden"), "precious");
    fixture.workPath = "other";
    assertThat(fixture.deploy(node).detail()).contains("holds .hidden");
    fixture.workPath = "/";
    assertThat(fixture.deploy(node).detail()).contains("must not be /");
  }

  @ParameterizedTest
  @EnumSource
  void kitchenThatLittleChefLeftIsReplaced(Shell shell) throws Exception {
    LocalNode node = node(shell);
    Files.createDirectories(node.file("kitchen/cookbooks/old"));
    Files.createDirectories(node.file("kitchen/data_bags/node"));
    assertThat(fixture.deploy(node).exitCode()).isZero();
    assertThat(tree(node.file("kitchen"))).noneMatch(name -> name.contains("old"));
  }

  @ParameterizedTest
  @EnumSource
  void whatABrokenTransferLeftIsRemoved(Shell shell) throws Exception {
    LocalNode node = node(shell);
    // No process has this number: it is above the kernel's limit.
    Files.createDirectories(node.file("kitchen.incoming.99999999/roles"));
    Files.createDirectories(node.file("kitchen.outgoing.99999999"));
    Path living = node.file("kitchen.incoming." + ProcessHandle.current().pid());
    Files.createDirectories(living);
    assertThat(fixture.deploy(node).exitCode()).isZero();
    assertThat(beside(node)).containsExactly("kitchen", living.getFileName().toString());
  }

  @ParameterizedTest
  @EnumSource
  void namesOfAllKindsArrive(Shell shell) throws Exception {
    LocalNode node = node(shell);
    String longName = "site-cookbooks/nginx/files/" + "d/".repeat(60) + "n".repeat(200) + ".txt";
    String odd = "site-cookbooks/nginx/files/käse \"'$(x)\n*.txt";
    fixture.kitchen.file(longName, "long").file(odd, "odd").file("roles/empty.json", "");
    fixture.kitchen.file("cookbooks/a/run.sh", "x").permissions("cookbooks/a/run.sh", "rwxr-x--x");
    assertThat(fixture.deploy(node).exitCode()).isZero();
    assertThat(node.file("kitchen").resolve(longName)).hasContent("long");
    assertThat(node.file("kitchen").resolve(odd)).hasContent("odd");
    assertThat(node.file("kitchen/roles/empty.json")).isEmptyFile();
    assertThat(mode(node.file("kitchen/cookbooks/a/run.sh"))).isEqualTo("rwxr-x--x");
  }

  @ParameterizedTest
  @EnumSource
  void nameThatIsNoUtf8ArrivesAndGoes(Shell shell) throws Exception {
    LocalNode node = node(shell);
    // A Latin-1 e with an accent, and a byte that no encoding of a locale has.
    String name = "caf$(printf '\\351\\200')";
    Path files = fixture.kitchen.file("site-cookbooks/nginx/files/a", "a").directory();
    shell("cd '%s/site-cookbooks/nginx/files' && echo odd >\"%s\"".formatted(files, name));
    String there = "cat '%s/kitchen/site-cookbooks/nginx/files'/\"%s\"".formatted(node.home, name);
    assertThat(fixture.deploy(node)).isEqualTo(new DeployResult(0, ""));
    assertThat(shell(there)).isEqualTo("odd\n");

    // It is no reason to send anything anew.
    long sent = node.inputWritten.get();
    assertThat(fixture.deploy(node)).isEqualTo(new DeployResult(0, ""));
    assertThat(node.inputWritten.get()).isEqualTo(sent);

    shell("cd '%s/site-cookbooks/nginx/files' && rm \"%s\"".formatted(files, name));
    assertThat(fixture.deploy(node)).isEqualTo(new DeployResult(0, ""));
    assertThat(tree(node.file("kitchen/kitchen/").toRealPath().resolve("site-cookbooks/nginx")))
        .contains("files/a")
        .noneMatch(file -> file.startsWith("files/caf"));
  }

  private static String shell(String script) throws IOException {
    return SshKeys.run(List.of("sh", "-ec", script));
  }

  /** All files below a directory, sorted. */
  static List<String> tree(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .map(file -> directory.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static List<String> beside(LocalNode node) throws IOException {
    try (Stream<Path> files = Files.list(node.home)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("kitchen"))
          .sorted()
          .toList();
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
