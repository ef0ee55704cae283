package dev.kitchenhooks.chef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kitchenhooks.chef.LocalNode.Shell;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.UnreachableException;
import dev.kitchenhooks.run.LockWait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many controllers that want one node, and entries of the queue that change while it is read. */
@Timeout(120)
class NodeLockTest {
  private static final int CONTROLLERS = 8;
  private static final int TURNS = 3;

  @TempDir Path temp;
  private DeployFixture fixture;

  @BeforeEach
  void makeKitchen() throws IOException {
    fixture = new DeployFixture(temp);
  }

  private NodeLock take(LocalNode node, String holder, Duration wait) throws UnreachableException {
    var terms = new NodeLock.Terms(holder, new LockWait(wait, line -> {}));
    var scripts = new RemoteScripts(fixture.settings(), Optional.empty());
    return NodeLock.take(node, scripts, DeployFixture.NODE, terms, new StopRequest());
  }

  @ParameterizedTest
  @EnumSource
  void neverMoreThanOneHasIt(Shell shell) throws Exception {
    var node = new LocalNode(temp.resolve("node"), shell);
    var inside = new AtomicInteger();
    Callable<List<Integer>> controller =
        () -> {
          var seen = new ArrayList<Integer>();
          for (int turn = 0; turn < TURNS; turn++) {
            try (NodeLock _ = take(node, "run " + turn, Duration.ofSeconds(100))) {
              seen.add(inside.incrementAndGet());
              inside.decrementAndGet();
            }
          }
          return seen;
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Integer>>> all = new ArrayList<>();
      for (int i = 0; i < CONTROLLERS; i++) {
        all.add(threads.submit(controller));
      }
      for (Future<List<Integer>> each : all) {
        assertThat(each.get()).hasSize(TURNS).containsOnly(1);
      }
    }
    assertThat(queue(node)).isEmptyDirectory();
  }

  /** Not with busybox, whose shell asks no program for its cat. */
  @ParameterizedTest
  @EnumSource(names = {"DASH", "BASH"})
  void whoGoesWhileItIsLookedAtHidesNobodyElse(Shell shell) throws Exception {
    var node = new LocalNode(temp.resolve("node"), shell);
    entry(node, "t.1", "run A\n");
    entry(node, "t.2", "run B\n");
    node.program(
        "cat",
        """
        #!/bin/sh
        case $1 in */t.1.*) rm -f "$1" ;; esac
        exec /usr/bin/cat "$@"
        """);
    assertThatExceptionOfType(UnreachableException.class)
        .isThrownBy(() -> take(node, "run C", Duration.ZERO).close())
        .matches(UnreachableException::isLocked)
        .withMessage("another run is at work on the node: run B");
  }

  /** As where the disk was full when it was written. */
  @Test
  void anEntryThatDoesNotSayWhoseItIsCountsAllTheSame() throws Exception {
    for (String kind : List.of("t.1", "w")) {
      var node = new LocalNode(temp.resolve("node of " + kind), Shell.DASH);
      entry(node, kind, "");
      assertThatExceptionOfType(UnreachableException.class)
          .isThrownBy(() -> take(node, "run C", Duration.ZERO).close())
          .matches(UnreachableException::isLocked)
          .withMessage("another run is at work on the node: another run");
    }
  }

  /** An entry of a process that lives: this one. */
  private static void entry(LocalNode node, String kind, String text) throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String began = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19];
    Path queue = Files.createDirectories(queue(node));
    long pid = ProcessHandle.current().pid();
    Files.writeString(queue.resolve("%s.%d.%s".formatted(kind, pid, began)), text);
  }

  private static Path queue(LocalNode node) {
    return node.file(".kitchen-hooks-locks").resolve(DeployFixture.NODE);
  }
}
