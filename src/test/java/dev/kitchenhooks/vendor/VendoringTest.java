package dev.kitchenhooks.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts stand for Berkshelf and Chef, and are called as these are. */
class VendoringTest {
  @TempDir Path scratch;
  private Path dir;
  private KitchenBuilder kitchen;
  private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();

  @BeforeEach
  void kitchen() {
    dir = scratch.resolve("kitchen");
    kitchen =
        KitchenBuilder.in(dir)
            .node("n")
            .cfg("[kitchen]", "berksfile = Berksfile")
            .file("Berksfile", "cookbook 'nginx'\n");
    berks("cp Berksfile \"$2/Berksfile.lock\"");
  }

  /** A {@code berks} that writes down how it was called and makes one cookbook. */
  private void berks(String... more) {
    tool(
        "berks",
        "mkdir -p \"$2/nginx/recipes\"",
        "echo \"{\\\"name\\\": \\\"nginx\\\"}\" > \"$2/nginx/metadata.json\"",
        String.join("\n", more));
  }

  private void tool(String name, String... lines) {
    String[] all = new String[lines.length + 2];
    all[0] = "#!/bin/sh -e";
    all[1] = "echo \"" + name + " $*\" >> '" + scratch.resolve("calls") + "'";
    System.arraycopy(lines, 0, all, 2, lines.length);
    KitchenBuilder.emptyIn(scratch).executable("bin/" + name, all);
  }

  private List<String> calls() throws IOException {
    Path calls = scratch.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  private VendorCaller caller(StopRequest stop) {
    String path = scratch.resolve("bin") + ":/usr/bin:/bin";
    return new VendorCaller(Map.of("PATH", path), stop, told::add);
  }

  private void bring() {
    Vendoring.bring(Kitchen.open(dir), caller(new StopRequest()));
  }

  private FixException failure() {
    return catchThrowableOfType(FixException.class, this::bring);
  }

  @Test
  void callsBerkshelfWithAnArgumentVector() throws IOException {
    bring();
    assertThat(calls())
        .containsExactly(
            "berks vendor %s/.berks-cookbooks.new --berksfile %s/Berksfile".formatted(dir, dir));
    assertThat(dir.resolve("berks-cookbooks/nginx/metadata.json")).exists();
    assertThat(told).containsExactly("Vendoring the cookbooks of Berksfile into berks-cookbooks");
    try (var files = Files.list(dir)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "littlechef.cfg", "nodes", "Berksfile", "berks-cookbooks", ".fix");
    }
  }

  @Test
  void doesItAgainOnlyWhenSomethingHasChanged() throws IOException {
    bring();
    bring();
    assertThat(calls()).hasSize(1);
    kitchen.file("Berksfile", "cookbook 'apt'\n");
    bring();
    bring();
    assertThat(calls()).as("the Berksfile").hasSize(2);
    kitchen.file("Berksfile.lock", "x");
    bring();
    bring();
    assertThat(calls()).as("its lock").hasSize(3);
    kitchen.file("berks-cookbooks/nginx/recipes/default.rb", "");
    bring();
    bring();
    assertThat(calls()).as("a file more").hasSize(4);
    assertThat(dir.resolve("berks-cookbooks/nginx/recipes/default.rb")).doesNotExist();
    Files.setLastModifiedTime(
        dir.resolve("berks-cookbooks/nginx/metadata.json"), FileTime.fromMillis(0));
    bring();
    bring();
    assertThat(calls()).as("another time").hasSize(5);
    Files.move(dir.resolve("berks-cookbooks"), scratch.resolve("away"));
    bring();
    bring();
    assertThat(calls()).as("no directory").hasSize(6);
    kitchen.cfg("[kitchen]", "berksfile = Berksfile", "vendor_command = berks vendor {directory}");
    bring();
    assertThat(calls()).as("another command").hasSize(7);
  }

  @Test
  void aToolThatIsMissing() {
    kitchen.cfg("[kitchen]", "berksfile = Berksfile", "vendor_command = no-such-tool");
    FixException failure = failure();
    assertThat(failure.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(failure)
        .hasMessageStartingWith("cookbooks cannot be vendored: no-such-tool not found in PATH")
        .hasMessageEndingWith("; nothing has run");
    assertThat(failure.hint()).isEqualTo("install it, or say vendor_command in littlechef.cfg");
  }

  @Test
  void aToolThatFailsLeavesTheOldCookbooksAndIsTriedAgain() throws IOException {
    bring();
    told.clear();
    kitchen.file("Berksfile", "cookbook 'apt'\n");
    berks("echo 'Unable to find a solution' >&2", "echo bye", "exit 106");
    for (int i = 0; i < 2; i++) {
      FixException failure = failure();
      assertThat(failure.exitCode()).isEqualTo(ExitCode.INVALID);
      assertThat(failure)
          .hasMessage("cookbooks cannot be vendored: berks has failed with 106; nothing has run");
    }
    assertThat(told.stream().skip(1).limit(2))
        .containsExactlyInAnyOrder("  Unable to find a solution", "  bye");
    assertThat(dir.resolve("berks-cookbooks/Berksfile.lock")).hasContent("cookbook 'nginx'");
    berks();
    bring();
    assertThat(calls()).hasSize(4);
    assertThat(dir.resolve("berks-cookbooks/Berksfile.lock")).doesNotExist();
    assertThat(dir.resolve(".berks-cookbooks.new")).doesNotExist();
  }

  @Test
  void aToolThatMakesNothing() {
    kitchen.cfg("[kitchen]", "berksfile = Berksfile", "vendor_command = true {file}");
    assertThat(failure()).hasMessage("true has made no cookbooks; nothing has run");
  }

  @Test
  void aToolThatTakesTooLong() {
    kitchen.cfg(
        "[kitchen]",
        "berksfile = Berksfile",
        "vendor_command = sh -c 'sleep 600' {directory}",
        "vendor_timeout = 100ms");
    assertThat(failure())
        .hasMessage("cookbooks cannot be vendored: sh took longer than 100ms; nothing has run");
  }

  @Test
  void anInterruptEndsTheTool() {
    var stop = new StopRequest();
    kitchen.cfg(
        "[kitchen]", "berksfile = Berksfile", "vendor_command = sh -c 'sleep 600' {directory}");
    var running =
        new VendorCaller(
            Map.of("PATH", "/usr/bin:/bin"),
            stop,
            _ -> Thread.ofVirtual().start(() -> stop.request(StopRequest.Level.TERMINATE)));
    FixException failure =
        catchThrowableOfType(FixException.class, () -> Vendoring.bring(Kitchen.open(dir), running));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(dir.resolve("berks-cookbooks")).doesNotExist();
  }

  @Test
  void aBerksfileThatIsNotThere() throws IOException {
    Files.delete(dir.resolve("Berksfile"));
    assertThat(failure())
        .hasMessage("there is no Berksfile, whose cookbooks the run needs; nothing has run");
  }

  @Test
  void aBerksfileAndASecretThatAreNotThereAreSaidTogether() {
    KitchenBuilder kitchen =
        KitchenBuilder.in(scratch.resolve("other"))
            .cfg("[kitchen]", "berksfile = Berksfile")
            .node("a.example.com")
            .script("tell", "exit 0")
            .hookDef(
                "tell.json",
                """
                {"name": "tell", "exec": "tell", "type": "global_predeployhook",
                 "environment": {"TOKEN": {"from_file": "token"}}}
                """);

    FixResult result = FixCommand.in(kitchen).run("node:a.example.com");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .contains(
            "secrets of hooks cannot be read, nor cookbooks be vendored; nothing has run",
            "hook-defs/tell.json:2:",
            "the secret file \"token\"",
            "there is no Berksfile, whose cookbooks the run needs");
  }

  @Test
  void aDirectoryOfSomebodyElseIsLeftAlone() throws IOException {
    kitchen.file("berks-cookbooks/mine/recipes/default.rb", "precious");
    assertThat(failure())
        .hasMessage(
            "berks-cookbooks holds something that was not vendored, and would be replaced; nothing"
                + " has run");
    assertThat(calls()).isEmpty();
    // What Berkshelf has vendored for LittleChef has its lock in it.
    kitchen.file("berks-cookbooks/Berksfile.lock", "");
    bring();
    assertThat(dir.resolve("berks-cookbooks/mine")).doesNotExist();
  }

  @Test
  void aPolicyfileGivesTheCookbooksOfItsLock() throws IOException {
    String digest = "0123456789abcdef0123456789abcdef01234567";
    kitchen
        .cfg(
            "[kitchen]", "policyfile = policies/web.rb", "berksfile_cookbooks_directory = vendored")
        .file("policies/web.rb", "name 'web'\n");
    tool(
        "chef",
        "case $1 in",
        "install) echo '{}' > \"${2%.rb}.lock.json\" ;;",
        "export) mkdir -p \"$3/cookbook_artifacts/my-nginx-"
            + digest
            + "/recipes\" \"$3/policies\"",
        "  : > \"$3/cookbook_artifacts/my-nginx-" + digest + "/metadata.json\" ;;",
        "esac");
    bring();
    bring();
    assertThat(calls())
        .containsExactly(
            "chef install %s/policies/web.rb".formatted(dir),
            "chef export %s/policies/web.rb %s/.vendored.new".formatted(dir, dir));
    assertThat(dir.resolve("vendored/my-nginx/metadata.json")).exists();
    try (var files = Files.list(dir.resolve("vendored"))) {
      assertThat(files).hasSize(1);
    }
    kitchen.file("policies/web.lock.json", "{\"updated\": true}");
    bring();
    assertThat(calls()).hasSize(4);
  }

  @Test
  void twoRunsTakeTurns() throws Exception {
    Path started = fifo("started");
    Path go = fifo("go");
    berks("echo > '%s'".formatted(started), "cat '%s'".formatted(go));
    CompletableFuture<Void> one =
        CompletableFuture.runAsync(this::bring, Thread::startVirtualThread);
    Files.readString(started);
    CompletableFuture<Void> two =
        CompletableFuture.runAsync(this::bring, Thread::startVirtualThread);
    assertThat(told.poll(30, TimeUnit.SECONDS)).startsWith("Vendoring");
    assertThat(told.poll(30, TimeUnit.SECONDS))
        .isEqualTo("Waiting for another run that vendors cookbooks");
    Files.writeString(go, "");
    one.get(30, TimeUnit.SECONDS);
    two.get(30, TimeUnit.SECONDS);
    assertThat(calls()).hasSize(1);
  }

  private Path fifo(String name) throws Exception {
    Path path = scratch.resolve(name);
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
    return path;
  }

  @Test
  void aRunNeedsThemAndAPlanDoesNot() throws IOException {
    kitchen.cfg(
        "[kitchen]",
        "berksfile = Berksfile",
        "vendor_command = sh -c 'echo called >> " + scratch + "/calls; echo no solution; exit 1'");
    FixResult plan = FixCommand.in(kitchen).run("plan", "node:n");
    assertThat(plan.exit()).isZero();
    FixResult dry = FixCommand.in(kitchen).run("node:n", "--dry-run");
    assertThat(dry.exit()).isZero();
    FixResult wrapped = FixCommand.in(kitchen).run("wrap", "node:n", "--", "true", "{node}");
    assertThat(wrapped.exit()).isZero();
    assertThat(calls()).isEmpty();

    FixResult run = FixCommand.in(kitchen).run("node:n");
    assertThat(run)
        .isEqualTo(
            new FixResult(
                2,
                "",
                """
                Vendoring the cookbooks of Berksfile into berks-cookbooks
                  no solution
                fix: cookbooks cannot be vendored: sh has failed with 1; nothing has run
                  -> its output is above; run it by itself to see more
                """));
    assertThat(calls()).containsExactly("called");
  }
}
