package dev.kitchenhooks.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kitchenhooks.store.Directories;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.GitRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs make of plugins: exactly what is pinned, or nothing. */
class PluginRunTest {
  @TempDir Path directory;
  private GitRepository repo;
  private PluginKitchen kitchen;
  private String commit;

  @BeforeEach
  void makeRepository() {
    repo =
        GitRepository.in(directory.resolve("lb-hooks"))
            .script("bin/drain", "echo drained \"$@\"", ". \"${0%/*}/../lib/say\"")
            .file("lib/say", "echo with its library\n")
            .link("bin/also", "../lib/../bin/drain");
    commit = repo.commit("Drain");
    kitchen = PluginKitchen.in(directory.resolve("kitchen"));
  }

  private PluginKitchen pinned() {
    kitchen.hook("drain", repo.url(), "main", "bin", "drain");
    kitchen.update(0);
    return kitchen;
  }

  private void assertNothingRan(FixResult result, String... said) {
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains(said);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void aHookRunsWithTheFilesOfItsPlugin() {
    FixResult result = pinned().run();
    assertThat(result.exit()).isZero();
    assertThat(result.out()).contains("drained a.example.com").contains("with its library");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void whatIsPinnedRunsWhateverTheBranchIsNow() {
    pinned();
    repo.script("bin/drain", "echo new").commit("New");
    assertThat(kitchen.run().out()).contains("drained a.example.com").doesNotContain("new");
  }

  @Test
  void onceFetchedTheRepositoryIsNotNeeded() throws IOException {
    pinned();
    Directories.remove(repo.directory());
    assertThat(kitchen.run().exit()).isZero();
    assertThat(kitchen.fix("hooks", "run", "drain", "--node", "a.example.com").exit()).isZero();
    assertThat(kitchen.fix("hooks", "lint").exit()).isZero();
    assertThat(kitchen.update(0, "--locked")).hasSize(1);
    assertThat(kitchen.run().exit()).isZero();
  }

  @Test
  void aPluginThatIsNotPinnedStopsTheRunAtItsPlace() {
    kitchen.hook("drain", repo.url(), "main", "bin", "drain");
    assertNothingRan(
        kitchen.run(),
        "hook-defs/drain.json:3:3: error: the plugin is not pinned yet (fix hooks update drain)");
    assertThat(kitchen.directory().resolve(".fix")).doesNotExist();
  }

  @Test
  void aPluginOfADisabledHookNeedsNoPin() {
    kitchen
        .builder()
        .hookDef(
            "off.json",
            """
            {"name": "off", "type": "user", "exec": "x", "enabled": false,
             "plugin": {"repo": "%s", "ref": "main"}}
            """
                .formatted(repo.url()));
    FixResult result = kitchen.run();
    assertThat(result.exit()).isZero();
    assertThat(result.err()).contains("off.json:2:2: warning: the plugin is not pinned yet");
  }

  @Test
  void whatIsPinnedAndNotHereIsFetchedByTheFirstRunAndByNothingThatOnlyReads() throws IOException {
    pinned();
    repo.script("bin/drain", "echo new").commit("New");
    Directories.remove(kitchen.directory().resolve(".fix"));
    String warning =
        "hook-defs/drain.json:3:3: warning: the plugin is pinned at %s and not fetched yet"
            .formatted(commit.substring(0, 12));
    assertThat(kitchen.fix("hooks", "lint").out()).contains(warning);
    assertThat(kitchen.fix("hooks", "lint", "--strict").exit()).isEqualTo(2);
    for (List<String> reading :
        List.of(
            List.of("plan", "node:all"),
            List.of("hooks", "list"),
            List.of("hooks", "explain", "node:all"))) {
      FixResult result = kitchen.fix(reading.toArray(String[]::new));
      assertThat(result.exit()).as(reading.toString()).isZero();
      assertThat(kitchen.directory().resolve(".fix/plugins")).doesNotExist();
    }
    FixResult run = kitchen.run();
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("drained a.example.com");
    assertThat(run.err())
        .isEqualTo(
            "fetching %s main, pinned at %s\n".formatted(repo.url(), commit.substring(0, 12)));
    assertThat(kitchen.run().err()).isEmpty();
  }

  @Test
  void aHookRunByHandFetchesItsPluginToo() throws IOException {
    pinned();
    Directories.remove(kitchen.directory().resolve(".fix"));
    FixResult result = kitchen.fix("hooks", "run", "drain", "--node", "a.example.com");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.err()).contains("fetching " + repo.url());
    assertThat(result.out()).contains("drained a.example.com");
  }

  @Test
  void aPluginThatTheRunDoesNotNeedIsNotFetched() throws IOException {
    pinned();
    Directories.remove(kitchen.directory().resolve(".fix"));
    Directories.remove(repo.directory());
    FixResult result =
        kitchen.fix("wrap", "node:all", "--yes", "--skip-hooks", "drain", "--", "echo", "{node}");
    assertThat(result.exit()).as(result.err()).isZero();
    assertNothingRan(
        kitchen.run(),
        "fix: plugins cannot be fetched; nothing has run",
        "plugin %s main: it cannot be fetched: fatal:".formatted(repo.url()));
  }

  @Test
  void aCommitThatIsNoLongerThereIsSaidToBeGone() throws IOException {
    pinned();
    Directories.remove(kitchen.directory().resolve(".fix"));
    repo.git("checkout", "-q", "--orphan", "other");
    repo.commit("Begin anew");
    repo.git("branch", "-f", "main");
    repo.git("reflog", "expire", "--expire=now", "--all");
    repo.git("gc", "-q", "--prune=now");
    assertNothingRan(
        kitchen.run(),
        "it has no commit %s (any more)".formatted(commit.substring(0, 12)),
        "fix hooks update takes what the ref is now");
  }

  @Test
  void changedFilesAreNeverRunAndAreNamed() throws IOException {
    Path checkout = pinned().checkout();
    Path drain = checkout.resolve("bin/drain");
    Files.setPosixFilePermissions(drain, PosixFilePermissions.fromString("rwx------"));
    Files.writeString(drain, "#!/bin/sh\necho evil\n");
    Files.delete(checkout.resolve("lib/say"));
    Files.writeString(checkout.resolve("bin/more"), "");
    String problem =
        "hook-plugins.lock: error: plugin %s main: its files in %s are not what was pinned:"
                .formatted(repo.url(), checkout)
            + " bin/drain was changed, bin/more was added, lib/say was deleted"
            + " (fix hooks update --locked fetches them again)";
    assertNothingRan(
        kitchen.run(), "fix: a plugin is not what was pinned; nothing has run\n  " + problem);
    assertNothingRan(kitchen.fix("hooks", "run", "drain", "--node", "a.example.com"), problem);
    assertThat(kitchen.fix("hooks", "lint").out()).contains(problem);
    assertThat(kitchen.update(0, "--locked").getFirst().path("status").asString())
        .isEqualTo("fetched");
    assertThat(kitchen.run().exit()).isZero();
  }

  @Test
  void whatBelongsToNoFileCountsToo() throws IOException {
    Path checkout = pinned().checkout();
    Path git = Files.createDirectory(checkout.resolve(".git"));
    assertNothingRan(kitchen.run(), ".git was added");
    Files.delete(git);
    Files.setPosixFilePermissions(
        checkout.resolve("lib/say"), PosixFilePermissions.fromString("r-xr--r--"));
    assertNothingRan(kitchen.run(), "lib/say was changed");
    Files.setPosixFilePermissions(
        checkout.resolve("lib/say"), PosixFilePermissions.fromString("r--r--r--"));
    assertThat(kitchen.run().exit()).isZero();
    Files.delete(checkout.resolve("bin/also"));
    Files.createSymbolicLink(checkout.resolve("bin/also"), Path.of("../lib/say"));
    assertNothingRan(kitchen.run(), "bin/also was changed");
  }

  @Test
  void theListOfFilesIsNotTrusted() throws IOException {
    Path checkout = pinned().checkout();
    Files.writeString(checkout.resolve("bin/more"), "");
    Path list = checkout.resolveSibling(checkout.getFileName() + ".files");
    Files.writeString(list, Manifest.of(checkout).text());
    assertNothingRan(kitchen.run(), "are not what was pinned (fix hooks update --locked");
    Files.writeString(list, "nonsense\n\n \n%zz");
    assertNothingRan(kitchen.run(), "are not what was pinned (fix hooks update --locked");
  }

  @Test
  void aCheckoutThatIsALinkElsewhereIsNoCheckout() throws IOException {
    Path checkout = pinned().checkout();
    Path elsewhere = directory.resolve("elsewhere");
    Files.move(checkout, elsewhere);
    Files.createSymbolicLink(checkout, elsewhere);
    FixResult result = kitchen.run();
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(Files.isDirectory(checkout, LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @Test
  void aLockFileThatSaysOtherFilesForTheSameCommitIsRefused() throws IOException {
    pinned();
    String lock = Files.readString(kitchen.lockFile());
    String tree = kitchen.lock().at("/plugins/0/tree").asString();
    kitchen.builder().file("hook-plugins.lock", lock.replace(tree, "sha256:" + "0".repeat(64)));
    assertNothingRan(kitchen.run(), "its files in", "are not what was pinned");
    for (List<String> words : List.of(List.<String>of(), List.of("--locked"))) {
      assertThat(
              kitchen.update(2, words.toArray(String[]::new)).getFirst().path("error").asString())
          .startsWith("the files of commit %s are not those".formatted(commit.substring(0, 12)));
    }
    Directories.remove(kitchen.directory().resolve(".fix"));
    assertNothingRan(kitchen.run(), "are not those that were pinned: their digest is " + tree);
  }

  @Test
  void onePluginServesSeveralHooksAndTypesFromOneCheckout() throws IOException {
    kitchen
        .hook("first", repo.url(), "main", "bin", "drain")
        .builder()
        .hookDef(
            "second.json",
            """
            {
              "name": "second", "type": ["global_predeployhook", "node_postdeployhook", "user"],
              "exec": "also", "plugin": { "repo": "%s", "ref": "main", "path": "bin" }
            }
            """
                .formatted(repo.url()));
    assertThat(kitchen.update(0)).hasSize(1);
    FixResult result = kitchen.run();
    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    assertThat(result.out().lines().filter(line -> line.contains("| drained"))).hasSize(3);
    assertThat(kitchen.checkouts()).hasSize(1);
  }

  @Test
  void aProgramMayNotLeadOutOfItsPlugin() {
    kitchen.builder().script("outside", "true");
    repo.link("bin/out", kitchen.directory() + "/hooks/outside")
        .link("bin/up", "../../../../hooks/outside")
        .commit("Lead out");
    kitchen
        .hook("out", repo.url(), "main", "bin", "out")
        .hook("up", repo.url(), "main", "bin", "up");
    FixResult update = kitchen.fix("hooks", "update");
    assertThat(update.exit()).isEqualTo(2);
    assertNothingRan(
        kitchen.run(), "/out leads out of its plugin, to /", "/up leads out of its plugin, to /");
    assertThat(update.err()).contains("No run can start: 2 errors.");
  }

  @Test
  void aPathMayNotLeadOutOfItsPluginEither() {
    kitchen.builder().script("outside", "true");
    repo.link("elsewhere", "../../../hooks").commit("Lead out");
    kitchen.hook("out", repo.url(), "main", "elsewhere", "outside");
    assertThat(kitchen.fix("hooks", "update").exit()).isEqualTo(2);
    assertNothingRan(kitchen.run(), "/outside leads out of its plugin, to /");
  }

  @Test
  void whatIsMissingInAPluginIsNamed() {
    kitchen.hook("drain", repo.url(), "main", "scripts", "drain");
    assertThat(kitchen.fix("hooks", "update").exit()).isEqualTo(2);
    assertNothingRan(
        kitchen.run(),
        "lb-hooks@%s/drain does not exist: the plugin has no directory \"scripts\""
            .formatted(commit.substring(0, 12)));
    kitchen.hook("drain", repo.url(), "main", "lib", "say");
    assertNothingRan(
        kitchen.run(), "lb-hooks@%s/say is not executable".formatted(commit.substring(0, 12)));
  }

  @Test
  void pythonLeavesNothingBesideItsSources() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "needs /usr/bin/python3");
    repo.script("py", "exec /usr/bin/python3 \"${0%/*}/main.py\"")
        .file("main.py", "import helper\nhelper.say()\n")
        .file("helper.py", "def say(): print('from the helper')\n")
        .commit("Speak Python");
    kitchen.hook("py", repo.url(), "main", ".", "py");
    kitchen.update(0);
    assertThat(kitchen.run().out()).contains("from the helper");
    assertThat(kitchen.run().exit()).isZero();
  }

  @Test
  void listSaysWhereAHookComesFrom() throws IOException {
    pinned();
    assertThat(kitchen.fix("hooks", "list").out())
        .contains("from %s main (branch) at %s\n".formatted(repo.url(), commit.substring(0, 12)));
    Directories.remove(kitchen.directory().resolve(".fix"));
    assertThat(kitchen.fix("hooks", "list").out())
        .contains("at %s, not fetched yet\n".formatted(commit.substring(0, 12)));
    assertThat(kitchen.fix("hooks", "list", "--output", "json").events().getFirst().path("plugin"))
        .hasToString(
            "{\"repo\":\"%s\",\"ref\":\"main\",\"path\":\"bin\",\"kind\":\"branch\",\"commit\":\"%s\",\"fetched\":false}"
                .formatted(repo.url(), commit));
  }
}
