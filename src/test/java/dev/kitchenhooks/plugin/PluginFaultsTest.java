package dev.kitchenhooks.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.hook.PluginPin;
import dev.kitchenhooks.testkit.FixProcess;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.GitRepository;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left when an update does not come to its end. */
@Timeout(120)
class PluginFaultsTest {
  @TempDir Path directory;
  private GitRepository repo;
  private PluginKitchen kitchen;
  private ServerSocket silent;

  @BeforeEach
  void makeRepository() throws IOException {
    repo = GitRepository.in(directory.resolve("lb-hooks")).script("drain", "echo one \"$@\"");
    repo.commit("Drain");
    kitchen = PluginKitchen.in(directory.resolve("kitchen"));
    silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    silent.setSoTimeout(60_000);
  }

  @AfterEach
  void stopServer() throws IOException {
    silent.close();
  }

  private String silentUrl() {
    return "http://127.0.0.1:" + silent.getLocalPort() + "/x.git";
  }

  /** The update of a plugin that works and then one whose server never answers. */
  private FixProcess startUpdate() throws IOException {
    kitchen.hook("a", repo.url(), "main").hook("b", silentUrl(), "main");
    return FixProcess.start(kitchen.directory(), directory.resolve("scratch"), "hooks", "update");
  }

  private void assertUsable() {
    kitchen.hook("b", repo.url(), "main");
    assertThat(kitchen.update(0)).hasSize(1);
    FixResult run = kitchen.run();
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(kitchen.directory().resolve(".fix/plugins/.staging")).doesNotExist();
    try (Stream<Path> top = Files.list(kitchen.directory())) {
      assertThat(top.map(p -> p.getFileName().toString())).noneMatch(n -> n.endsWith(".new"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void afterAKillTheNextUpdateWorks() throws Exception {
    try (FixProcess fix = startUpdate();
        Socket _ = silent.accept()) {
      fix.signal("KILL");
      assertThat(fix.await().exit()).isEqualTo(137);
    }
    assertThat(kitchen.lockFile()).doesNotExist();
    assertUsable();
  }

  @Test
  void anInterruptEndsTheUpdateAndKeepsWhatWasDone() throws Exception {
    try (FixProcess fix = startUpdate();
        Socket _ = silent.accept()) {
      fix.signal("INT");
      FixResult result = fix.await();
      assertThat(result.exit()).as(result.err()).isEqualTo(130);
      assertThat(result.out()).contains(repo.url() + " main: pinned at");
      assertThat(result.err()).contains(silentUrl() + " main: interrupted");
    }
    assertThat(kitchen.lock().at("/plugins").size()).isOne();
    assertUsable();
  }

  @Test
  void aSecondUpdateAtTheSameTimeIsRefused() throws Exception {
    try (FixProcess fix = startUpdate();
        Socket _ = silent.accept()) {
      FixResult second = kitchen.fix("hooks", "update");
      assertThat(second.exit()).isEqualTo(6);
      assertThat(second.err())
          .isEqualTo(
              """
              fix: plugins of this kitchen are being fetched by process %d
                -> wait for it to end
              """
                  .formatted(fix.pid()));
      fix.signal("KILL");
      fix.await();
    }
    assertUsable();
  }

  @Test
  void aRunWithAllItNeedsDoesNotWaitForAnUpdate() throws Exception {
    kitchen.hook("a", repo.url(), "main");
    kitchen.update(0);
    kitchen.hook("b", silentUrl(), "main");
    try (FixProcess fix =
            FixProcess.start(
                kitchen.directory(), directory.resolve("scratch"), "hooks", "update", "b");
        Socket _ = silent.accept()) {
      FixResult run = kitchen.fix("hooks", "run", "a", "--node", "a.example.com");
      assertThat(run.exit()).as(run.err()).isZero();
      fix.signal("KILL");
      fix.await();
    }
  }

  /** A kitchen that another one has pinned, and its server. */
  private void pinnedElsewhere() {
    kitchen.hook("a", silentUrl(), "main");
    var pin =
        new PluginPin(
            silentUrl(),
            "main",
            PluginPin.Kind.BRANCH,
            "1a".repeat(20),
            "sha256:" + "2b".repeat(32));
    kitchen.builder().file("hook-plugins.lock", LockFile.text(List.of(pin)));
  }

  private FixProcess startRun(String scratch) throws IOException {
    return FixProcess.start(
        kitchen.directory(),
        directory.resolve(scratch),
        "wrap",
        "node:all",
        "--yes",
        "--",
        "echo",
        "{node}");
  }

  /** Until a process that writes there has said something. */
  private static void awaitSaid(Path scratch, String text) throws Exception {
    try (WatchService watch = scratch.getFileSystem().newWatchService()) {
      scratch.register(watch, StandardWatchEventKinds.ENTRY_MODIFY);
      while (!Files.readString(scratch.resolve("stderr")).contains(text)) {
        WatchKey changed = watch.poll(60, TimeUnit.SECONDS);
        assertThat(changed).as("said within a minute: " + text).isNotNull();
        changed.pollEvents();
        changed.reset();
      }
    }
  }

  @Test
  void ofTwoRunsThatNeedTheSameOneFetchesAndTheOtherWaits() throws Exception {
    pinnedElsewhere();
    try (FixProcess one = startRun("one");
        Socket _ = silent.accept();
        FixProcess two = startRun("two");
        FixProcess three = startRun("three")) {
      String waiting = "waiting: plugins of this kitchen are being fetched by process " + one.pid();
      awaitSaid(directory.resolve("two"), waiting);
      awaitSaid(directory.resolve("three"), waiting);
      three.signal("INT");
      FixResult interrupted = three.await();
      assertThat(interrupted.exit()).isEqualTo(130);
      assertThat(interrupted.err()).contains("interrupted while another fetched plugins");
      one.signal("KILL");
      one.await();
      try (Socket _ = silent.accept()) {
        two.signal("INT");
        assertThat(two.await().err()).contains("interrupted while fetching; nothing has run");
      }
    }
  }

  @Test
  void aRunThatIsInterruptedWhileItFetchesRunsNothing() throws Exception {
    pinnedElsewhere();
    try (FixProcess fix = startRun("scratch");
        Socket _ = silent.accept()) {
      fix.signal("INT");
      FixResult result = fix.await();
      assertThat(result.exit()).isEqualTo(130);
      assertThat(result.err()).contains("interrupted while fetching; nothing has run");
      assertThat(result.out()).isEmpty();
    }
  }

  @Test
  void withoutGitItIsSaidWhatIsMissing() {
    kitchen.hook("a", repo.url(), "main").with("PATH", directory.toString());
    FixResult result = kitchen.fix("hooks", "update");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            """
            fix: %s main: git cannot be run: git not found in PATH (%s)
              -> plugins need git: install it
            """
                .formatted(repo.url(), directory));
  }

  @Test
  void aGitThatDiesIsSaid() throws IOException {
    Path git = Files.writeString(directory.resolve("git"), "#!/bin/sh\nkill -SEGV $$\n");
    Files.setPosixFilePermissions(git, PosixFilePermissions.fromString("rwxr-xr-x"));
    kitchen.hook("a", repo.url(), "main").with("PATH", directory + ":" + System.getenv("PATH"));
    assertThat(kitchen.update(1).getFirst().path("error").asString())
        .isEqualTo("it cannot be fetched: git was killed by SIGSEGV");
  }

  @Test
  void aHookCannotUpdateTheKitchenThatRunsIt() {
    kitchen.hook("a", repo.url(), "main");
    kitchen.with("FIX_RUN_ID", "x").with("FIX_KITCHEN", kitchen.directory().toString());
    assertThat(kitchen.fix("hooks", "update").exit()).isEqualTo(2);
  }
}
