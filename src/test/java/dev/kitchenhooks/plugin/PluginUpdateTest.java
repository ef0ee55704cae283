package dev.kitchenhooks.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.store.Directories;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.GitRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code fix hooks update} against real repositories on this disk. */
class PluginUpdateTest {
  @TempDir Path directory;
  private GitRepository repo;
  private PluginKitchen kitchen;
  private String first;

  @BeforeEach
  void makeRepository() {
    repo = GitRepository.in(directory.resolve("lb-hooks")).script("drain", "echo one \"$@\"");
    first = repo.commit("Drain");
    kitchen = PluginKitchen.in(directory.resolve("kitchen"));
  }

  private JsonNode updateOne(int exit, String... words) {
    return assertThat(kitchen.update(exit, words)).hasSize(1).actual().getFirst();
  }

  private void assertPinned(String kind, String commit) throws IOException {
    JsonNode result = updateOne(0);
    assertThat(result.path("status").asString()).isEqualTo("pinned");
    assertThat(result.path("kind").asString()).isEqualTo(kind);
    assertThat(result.path("commit").asString()).isEqualTo(commit);
    assertThat(kitchen.lock().at("/plugins/0/commit").asString()).isEqualTo(commit);
    assertThat(kitchen.checkout().resolve("drain")).isExecutable();
    assertThat(updateOne(0).path("status").asString()).isEqualTo("up-to-date");
  }

  @Test
  void aBranchIsPinnedAtItsTip() throws IOException {
    repo.script("drain", "echo two");
    String second = repo.commit("Drain slower");
    kitchen.hook("drain", repo.url(), "main");
    assertPinned("branch", second);
  }

  @Test
  void aTagIsPinnedAtItsCommitWhetherAnnotatedOrNot() throws IOException {
    repo.git("tag", "v1");
    repo.git("tag", "-a", "-m", "the first", "v1-annotated");
    repo.commit("Later");
    kitchen.hook("drain", repo.url(), "v1");
    assertPinned("tag", first);
    kitchen.hook("drain", repo.url(), "v1-annotated");
    assertThat(kitchen.update(0).getFirst().path("commit").asString()).isEqualTo(first);
  }

  @Test
  void aTagIsMeantBeforeABranchOfTheSameName() throws IOException {
    repo.git("tag", "both");
    repo.commit("Later");
    repo.git("branch", "both");
    kitchen.hook("drain", repo.url(), "both");
    assertPinned("tag", first);
  }

  @Test
  void aCommitIsGivenInFull() throws IOException {
    repo.commit("Later");
    kitchen.hook("drain", repo.url(), first.toUpperCase(Locale.ROOT));
    assertPinned("commit", first);
  }

  @Test
  void theHashOfATagStandsForItsCommit() throws IOException {
    repo.git("tag", "-a", "-m", "the first", "v1");
    String tag = repo.git("rev-parse", "v1").strip();
    assertThat(tag).isNotEqualTo(first);
    kitchen.hook("drain", repo.url(), tag);
    assertPinned("commit", first);
  }

  @Test
  void aRefByItsFullNameIsTaken() throws IOException {
    repo.git("update-ref", "refs/pull/1/head", first);
    repo.commit("Later");
    kitchen.hook("drain", repo.url(), "refs/pull/1/head");
    assertPinned("ref", first);
  }

  @Test
  void aRepositoryOfTheNewKindOfHashWorksToo() throws IOException {
    repo = GitRepository.in(directory.resolve("new"), "sha256").script("drain", "echo one");
    String commit = repo.commit("Drain");
    assertThat(commit).hasSize(64);
    kitchen.hook("drain", repo.url(), "main");
    assertPinned("branch", commit);
  }

  @Test
  void aPathIsRelativeToTheKitchen() throws IOException {
    kitchen.hook("drain", "../lb-hooks", "main");
    assertPinned("branch", first);
  }

  @Test
  void aShortCommitIsRefusedWithAWordOnWhy() {
    kitchen.hook("drain", repo.url(), first.substring(0, 10));
    JsonNode result = updateOne(2);
    assertThat(result.path("error").asString())
        .isEqualTo("it has no tag or branch \"%s\"".formatted(first.substring(0, 10)));
    assertThat(result.path("hint").asString())
        .isEqualTo("a commit must be given in full, all 40 digits");
    assertThat(kitchen.lockFile()).doesNotExist();
  }

  @Test
  void aRefThatIsNotThereIsNamedWithTheNearest() {
    repo.git("tag", "v1.2.0");
    kitchen.hook("drain", repo.url(), "v1.2.1");
    JsonNode result = updateOne(2);
    assertThat(result.path("status").asString()).isEqualTo("failed");
    assertThat(result.path("hint").asString()).isEqualTo("did you mean \"v1.2.0\"?");
  }

  @Test
  void aTagOfNoCommitIsRefused() {
    repo.git("tag", "data", "HEAD:drain");
    kitchen.hook("drain", repo.url(), "data");
    assertThat(updateOne(2).path("error").asString()).startsWith("the ref is no commit");
  }

  @Test
  void aBranchThatMovedIsShownWithItsCommitsAndFiles() throws IOException {
    kitchen.hook("drain", repo.url(), "main");
    kitchen.update(0);
    repo.script("drain", "echo two \"$@\"").file("lib/a b.txt", "x").commit("Say two");
    repo.git("rm", "-q", "lib/a b.txt");
    String last = repo.file("README", "x").commit("Tidy \u001b[2Jup");
    FixResult result = kitchen.fix("hooks", "update");
    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .startsWith(
            "%s main: %s..%s (branch)%n  %s Tidy "
                .formatted(
                    repo.url(),
                    first.substring(0, 12),
                    last.substring(0, 12),
                    last.substring(0, 12)))
        .contains(" Say two\n")
        .endsWith("  added    README\n  changed  drain\n")
        .doesNotContain("\u001b");
    assertThat(kitchen.run().out()).contains("two a.example.com");
  }

  @Test
  void whatHasChangedIsToldWhereTheOldFilesWereNeverFetchedToo() throws IOException {
    kitchen.hook("drain", repo.url(), "main");
    kitchen.update(0);
    Directories.remove(kitchen.directory().resolve(".fix"));
    repo.file("README", "x").commit("Explain");
    JsonNode result = updateOne(0);
    assertThat(result.path("status").asString()).isEqualTo("moved");
    assertThat(result.path("commits").get(0).path("subject").asString()).isEqualTo("Explain");
    assertThat(result.at("/files/0/path").asString()).isEqualTo("README");
  }

  @Test
  void aTagThatWasMovedElsewhereIsSaidToHaveMoved() {
    repo.git("tag", "v1");
    kitchen.hook("drain", repo.url(), "v1");
    kitchen.update(0);
    repo.git("checkout", "-q", "--orphan", "other");
    repo.script("drain", "echo other").commit("Begin anew");
    repo.git("tag", "-f", "v1");
    FixResult result = kitchen.fix("hooks", "update");
    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .contains("not in its history: v1 was moved or rewritten")
        .contains("changed  drain");
  }

  @Test
  void onlyTheHooksThatAreNamedAreUpdated() throws IOException {
    GitRepository other = GitRepository.in(directory.resolve("other")).script("drain", "echo o");
    String otherFirst = other.commit("Other");
    kitchen.hook("a", repo.url(), "main").hook("b", other.url(), "main");
    assertThat(kitchen.update(0)).hasSize(2);
    String second = repo.file("x", "").commit("Second");
    other.file("x", "").commit("Second");
    assertThat(updateOne(0, "a").path("commit").asString()).isEqualTo(second);
    assertThat(kitchen.lock().at("/plugins").valueStream().map(p -> p.path("commit").asString()))
        .containsExactly(second, otherFirst);
  }

  @Test
  void aHookThatIsNotThereOrHasNoPluginCannotBeNamed() {
    kitchen.hook("drain", repo.url(), "main");
    kitchen
        .builder()
        .hookDef("own.json", "{\"name\": \"own\", \"type\": \"user\", \"exec\": \"own\"}")
        .script("own", "true");
    FixResult wrong = kitchen.fix("hooks", "update", "drian");
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err()).contains("there is no hook \"drian\"").contains("did you mean");
    FixResult own = kitchen.fix("hooks", "update", "own");
    assertThat(own.exit()).isEqualTo(2);
    assertThat(own.err()).contains("the hook \"own\" has no plugin");
  }

  @Test
  void aPinThatNoHookUsesAnyMoreIsDroppedAndSaid() throws IOException {
    repo.git("tag", "v1");
    kitchen.hook("drain", repo.url(), "main");
    kitchen.update(0);
    kitchen.hook("drain", repo.url(), "v1");
    FixResult lint = kitchen.fix("hooks", "lint");
    assertThat(lint.out())
        .contains("the plugin is not pinned yet at \"v1\"; hook-plugins.lock has its \"main\"");
    assertThat(kitchen.update(0).stream().map(r -> r.path("status").asString()))
        .containsExactly("pinned", "dropped");
    assertThat(kitchen.lock().at("/plugins").size()).isOne();
    Files.delete(kitchen.directory().resolve("hook-defs/drain.json"));
    assertThat(kitchen.fix("hooks", "lint").out())
        .isEqualTo(
            "hook-plugins.lock:4:5: warning: no hook uses \"%s\" \"v1\" any more (fix hooks update drops it)\n"
                .formatted(repo.url()));
    assertThat(kitchen.fix("hooks", "update").out())
        .isEqualTo("%s v1: dropped from the lock file, no hook uses it\n".formatted(repo.url()));
    assertThat(kitchen.lock().at("/plugins").size()).isZero();
  }

  @Test
  void onePluginThatFailsKeepsItsPinAndTheOthersGoOn() throws IOException {
    GitRepository gone = GitRepository.in(directory.resolve("gone")).script("drain", "echo g");
    gone.commit("Gone");
    kitchen.hook("a", gone.url(), "main").hook("b", repo.url(), "main");
    kitchen.update(0);
    JsonNode before = kitchen.lock().at("/plugins/0");
    Directories.remove(gone.directory());
    String second = repo.file("x", "").commit("Second");
    FixResult result = kitchen.fix("hooks", "update");
    assertThat(result.exit()).isOne();
    assertThat(result.err())
        .startsWith("fix: %s main: it cannot be fetched: fatal: ".formatted(gone.url()))
        .contains("  -> git ls-remote " + gone.url() + " shows it too");
    assertThat(kitchen.lock().at("/plugins/0")).isEqualTo(before);
    assertThat(kitchen.lock().at("/plugins/1/commit").asString()).isEqualTo(second);
  }

  @Test
  void theLockFileIsWrittenInOneOrderAndOnlyIfItChanges() throws IOException {
    repo.git("tag", "v1");
    kitchen.hook("b", repo.url(), "v1").hook("a", repo.url(), "main").hook("c", repo.url(), "main");
    assertThat(kitchen.update(0)).hasSize(2);
    String tree = kitchen.lock().at("/plugins/0/tree").asString();
    assertThat(kitchen.lockFile())
        .hasContent(
            """
            {
              "version": 1,
              "plugins": [
                {
                  "repo": "%1$s",
                  "ref": "main",
                  "kind": "branch",
                  "commit": "%2$s",
                  "tree": "%3$s"
                },
                {
                  "repo": "%1$s",
                  "ref": "v1",
                  "kind": "tag",
                  "commit": "%2$s",
                  "tree": "%3$s"
                }
              ]
            }
            """
                .formatted(repo.url(), first, tree));
    Object before = Files.getAttribute(kitchen.lockFile(), "unix:ino");
    kitchen.update(0);
    assertThat(Files.getAttribute(kitchen.lockFile(), "unix:ino")).isEqualTo(before);
    assertThat(kitchen.checkouts()).containsExactly("lb-hooks-" + first.substring(0, 12));
  }

  @Test
  void whatWasPinnedBeforeStaysForOneUpdateAndIsThenRemoved() throws IOException {
    kitchen.hook("drain", repo.url(), "main");
    kitchen.update(0);
    String second = repo.file("x", "").commit("Second");
    kitchen.update(0);
    assertThat(kitchen.checkouts())
        .containsExactlyInAnyOrder(
            "lb-hooks-" + first.substring(0, 12), "lb-hooks-" + second.substring(0, 12));
    kitchen.update(0);
    assertThat(kitchen.checkouts()).containsExactly("lb-hooks-" + second.substring(0, 12));
  }

  @Test
  void aProgramThatTheNewCommitDoesNotHaveIsSaidAtOnce() {
    kitchen.hook("drain", repo.url(), "main");
    kitchen.update(0);
    repo.git("mv", "drain", "drian");
    repo.commit("Rename");
    FixResult result = kitchen.fix("hooks", "update");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .contains("hook-defs/drain.json:2:")
        .contains("/drain does not exist (did you mean \"drian\"?)");
  }

  @Test
  void brokenDefinitionsAndABrokenLockFileStopTheUpdate() {
    kitchen.hook("drain", repo.url(), "main");
    kitchen.builder().file("hook-plugins.lock", "{\"version\": 1, \"plugins\": [}");
    FixResult broken = kitchen.fix("hooks", "update");
    assertThat(broken.exit()).isEqualTo(2);
    assertThat(broken.err()).contains("hook-plugins.lock:1:28: error: not valid JSON");
    kitchen.builder().hookDef("bad.json", "{}");
    FixResult bad = kitchen.fix("hooks", "update");
    assertThat(bad.exit()).isEqualTo(2);
    assertThat(bad.err()).contains("hook-defs/bad.json:1:1: error: missing key");
  }

  @Test
  void withLockedOnlyWhatIsPinnedIsFetched() throws IOException {
    kitchen.hook("drain", repo.url(), "main");
    assertThat(updateOne(2, "--locked").path("error").asString()).isEqualTo("it is not pinned yet");
    kitchen.update(0);
    String lock = Files.readString(kitchen.lockFile());
    repo.file("x", "").commit("Second");
    Directories.remove(kitchen.directory().resolve(".fix"));
    assertThat(updateOne(0, "--locked").path("status").asString()).isEqualTo("fetched");
    assertThat(updateOne(0, "--locked").path("status").asString()).isEqualTo("up-to-date");
    assertThat(kitchen.checkouts()).containsExactly("lb-hooks-" + first.substring(0, 12));
    assertThat(kitchen.lockFile()).hasContent(lock);
  }

  @Test
  void withoutPluginsThereIsNothingToDo() {
    FixResult result = kitchen.fix("hooks", "update");
    assertThat(result)
        .isEqualTo(new FixResult(0, "", "No hook has a plugin: nothing to update.\n"));
    assertThat(kitchen.lockFile()).doesNotExist();
  }

  @Test
  void aTimeThatIsNoneIsRefused() {
    kitchen.hook("drain", repo.url(), "main");
    assertThat(kitchen.fix("hooks", "update", "--timeout", "soon").err())
        .contains("--timeout soon is no length of time");
  }
}
