package dev.kitchenhooks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.testkit.ChildJvm;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One lock for each node, between processes and within one. */
@Timeout(60)
class NodeLocksTest {
  @TempDir Path scratch;

  /** Another process: takes the locks of the nodes named, says whether it could, and holds them. */
  public static final class Other {
    private Other() {}

    public static void main(String[] words) throws Exception {
      List<String> nodes = List.of(words).subList(1, words.length);
      try (NodeLocks _ = NodeLocks.take(Path.of(words[0]), nodes, "the other", LockWait.none())) {
        System.out.println("taken");
        System.in.read();
      } catch (FixException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private NodeLocks take(String... nodes) {
    return NodeLocks.take(scratch, List.of(nodes), "this one", LockWait.none());
  }

  private Process other(String... nodes) throws Exception {
    return ChildJvm.start(
        Other.class,
        Stream.concat(Stream.of(scratch.toString()), Stream.of(nodes)).toArray(String[]::new));
  }

  private String answerOf(String... nodes) throws Exception {
    Process other = other(nodes);
    try (BufferedReader said = other.inputReader()) {
      return said.readLine();
    } finally {
      other.getOutputStream().close();
      other.waitFor();
    }
  }

  private void assertRefused(String... nodes) {
    assertThatThrownBy(() -> take(nodes))
        .isInstanceOfSatisfying(
            FixException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.LOCKED));
  }

  @Test
  void whoIsRefusedTakesNothingAwayFromWhoHasIt() throws Exception {
    try (NodeLocks _ = take("b", "c")) {
      assertRefused("a", "b");
      try (NodeLocks _ = take("d")) {
        assertThat(answerOf("d", "e")).contains("lock of d: this one");
      }
      assertThat(answerOf("c")).contains("lock of c: this one");
      assertThat(answerOf("a", "d")).isEqualTo("taken");
    }
    assertThat(answerOf("a", "b", "c", "d")).isEqualTo("taken");
  }

  @Test
  void aKilledProcessLeavesNone() throws Exception {
    Process other = other("a", "b");
    try (BufferedReader said = other.inputReader()) {
      assertThat(said.readLine()).isEqualTo("taken");
      assertRefused("b");
      var waits = new CountDownLatch(1);
      Thread killer =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  waits.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                other.destroyForcibly();
              });
      var wait = new LockWait(Duration.ofSeconds(30), _ -> waits.countDown());
      NodeLocks.take(scratch, List.of("b", "c"), "this one", wait).close();
      killer.join();
      assertThat(wait.left()).isPositive();
    }
  }

  @Test
  void manyNodesTakeOneDescriptor() throws Exception {
    String[] nodes =
        IntStream.range(0, 2_000).mapToObj(n -> "node" + n + ".example.com").toArray(String[]::new);
    Set<Path> before = open();
    try (NodeLocks _ = take(nodes)) {
      Set<Path> now = open();
      now.removeAll(before);
      assertThat(now).containsExactly(scratch.toRealPath().resolve(".nodes"));
    }
    assertThat(open()).doesNotContain(scratch.toRealPath().resolve(".nodes"));
  }

  /** The files below the directory that this process has open, as Linux lists them. */
  private Set<Path> open() throws Exception {
    Path here = scratch.toRealPath();
    var files = new TreeSet<Path>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors.toList()) {
        // The one that lists them is gone by now.
        if (Files.exists(descriptor) && Files.readSymbolicLink(descriptor).startsWith(here)) {
          files.add(Files.readSymbolicLink(descriptor));
        }
      }
    }
    return files;
  }
}
