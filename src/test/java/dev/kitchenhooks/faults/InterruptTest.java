package dev.kitchenhooks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.ChefHold;
import dev.kitchenhooks.testkit.FixProcess;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.NodeFarm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A signal at each stage of a run over two nodes, by a real {@code fix} process. */
@Timeout(120)
class InterruptTest {
  private static final String ONE = NodeFarm.name(1);
  private static final String TWO = NodeFarm.name(2);
  private static final String BOTH = " " + ONE + " " + TWO;

  /**
   * A stage at which the run is held.
   *
   * @param heldHook the hook that waits; empty: chef-solo does
   * @param outcomes what becomes of the nodes
   * @param calls the calls of hooks; {@code RC} stands for the run's code
   */
  record Stage(
      String name, Optional<String> heldHook, Map<String, String> outcomes, List<String> calls) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final Map<String, String> NONE_STARTED =
      Map.of(ONE, "not-started", TWO, "not-started");
  private static final Map<String, String> FIRST_CUT =
      Map.of(ONE, "interrupted", TWO, "not-started");
  private static final Map<String, String> ALL_DONE = Map.of(ONE, "deployed", TWO, "deployed");

  static Stream<Stage> stages() {
    String tidy = "g-tidy RC" + BOTH;
    return Stream.of(
        new Stage(
            "global pre hook", Optional.of("g-pre"), NONE_STARTED, List.of("g-pre" + BOTH, tidy)),
        new Stage(
            "node pre hook",
            Optional.of("n-pre"),
            FIRST_CUT,
            List.of("g-pre" + BOTH, "n-pre " + ONE, tidy)),
        new Stage(
            "deploy",
            Optional.empty(),
            FIRST_CUT,
            List.of("g-pre" + BOTH, "n-pre " + ONE, "n-tidy 130 " + ONE, tidy)),
        new Stage(
            "node post hook",
            Optional.of("n-post"),
            FIRST_CUT,
            List.of("g-pre" + BOTH, "n-pre " + ONE, "n-post 0 " + ONE, "n-tidy 0 " + ONE, tidy)),
        new Stage(
            "global post hook",
            Optional.of("g-post"),
            ALL_DONE,
            List.of(
                "g-pre" + BOTH,
                "n-pre " + ONE,
                "n-post 0 " + ONE,
                "n-tidy 0 " + ONE,
                "n-pre " + TWO,
                "n-post 0 " + TWO,
                "n-tidy 0 " + TWO,
                "g-post 0" + BOTH,
                "g-tidy 0" + BOTH)));
  }

  @ParameterizedTest
  @MethodSource("stages")
  void sigintStopsWhatIsInFlightAndCleansUp(Stage stage, @TempDir Path scratch) throws Exception {
    interruptedBy("INT", 130, stage, scratch);
  }

  @ParameterizedTest
  @MethodSource("stages")
  void sigtermDoesTheSameWithItsOwnCode(Stage stage, @TempDir Path scratch) throws Exception {
    interruptedBy("TERM", 143, stage, scratch);
  }

  private static void interruptedBy(String signal, int exit, Stage stage, Path scratch)
      throws Exception {
    try (NodeFarm farm = NodeFarm.start(2)) {
      RecordedKitchen kitchen = kitchen(scratch, farm);
      try (Hold hold = hold(stage, kitchen, farm);
          FixProcess fix = start(kitchen, scratch)) {
        hold.await();
        fix.signal(signal);
        FixResult result = fix.await();

        assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(exit);
        assertThat(result.outcomes()).isEqualTo(stage.outcomes());
        assertThat(kitchen.calls())
            .isEqualTo(stage.calls().stream().map(c -> c.replace("RC", "" + exit)).toList());
      }
    }
  }

  @Test
  void aSecondSignalKillsAndStartsNothingMore(@TempDir Path scratch) throws Exception {
    try (NodeFarm farm = NodeFarm.start(2)) {
      RecordedKitchen kitchen = kitchen(scratch, farm);
      // It shrugs off the first signal, and would go on for ever.
      kitchen
          .builder()
          .script(
              "record",
              "echo \"$FIX_HOOK_NAME $*\" >> calls",
              "trap 'echo held > told' TERM",
              "echo up > up",
              "while :; do read -r _ < never; done");
      Path up = fifo(kitchen.directory().resolve("up"));
      Path told = fifo(kitchen.directory().resolve("told"));
      fifo(kitchen.directory().resolve("never"));
      try (FixProcess fix = start(kitchen, scratch)) {
        Files.readString(up);
        fix.signal("INT");
        Files.readString(told);
        fix.signal("INT");
        FixResult result = fix.await();

        assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(130);
        assertThat(result.outcomes()).isEqualTo(NONE_STARTED);
        assertThat(kitchen.calls()).containsExactly("g-pre" + BOTH);
      }
    }
  }

  @Test
  void aRunThatIsKilledLeavesNoLockAndItsHistorySaysThatItDied(@TempDir Path scratch)
      throws Exception {
    try (NodeFarm farm = NodeFarm.start(2)) {
      RecordedKitchen kitchen = kitchen(scratch, farm);
      try (ChefHold chef = farm.node(1).holdChef()) {
        try (FixProcess fix = start(kitchen, scratch.resolve("killed"))) {
          chef.awaitChef().close();
          fix.signal("KILL");
          assertThat(fix.await().exit()).isEqualTo(137);
        }
      }
      try (FixProcess status =
          FixProcess.start(kitchen.directory(), scratch.resolve("status"), "status")) {
        assertThat(status.await().out()).contains("died").contains("g-pre").contains("n-pre");
      }
      try (FixProcess fix = start(kitchen, scratch.resolve("again"))) {
        assertThat(fix.await().exit()).isZero();
      }
    }
  }

  private static RecordedKitchen kitchen(Path scratch, NodeFarm farm) {
    return new RecordedKitchen(
        scratch.resolve("kitchen"),
        farm.access().sshConfig(),
        farm.fqdns(),
        "[kitchen]",
        "node_work_path = work");
  }

  private static FixProcess start(RecordedKitchen kitchen, Path scratch) throws Exception {
    return FixProcess.start(
        kitchen.directory(), scratch.resolve("output"), "node:all", "--yes", "--output", "json");
  }

  /** Something in the run that waits until this is closed. */
  private interface Hold extends AutoCloseable {
    /** Returns when the run has come there. */
    void await() throws Exception;

    @Override
    void close() throws IOException;
  }

  private static Hold hold(Stage stage, RecordedKitchen kitchen, NodeFarm farm) throws Exception {
    if (stage.heldHook().isPresent()) {
      Path pipe = kitchen.hold(stage.heldHook().get());
      return new PipeHold(pipe);
    }
    ChefHold chef = farm.node(1).holdChef();
    return new Hold() {
      private Optional<OutputStream> held = Optional.empty();

      @Override
      public void await() throws Exception {
        held = Optional.of(chef.awaitChef());
      }

      @Override
      public void close() throws IOException {
        if (held.isPresent()) {
          held.get().close();
        }
        chef.close();
      }
    };
  }

  /** A hook that reads from a named pipe. */
  private static final class PipeHold implements Hold {
    private final Path pipe;
    private Optional<FileChannel> writer = Optional.empty();

    PipeHold(Path pipe) {
      this.pipe = pipe;
    }

    @Override
    public void await() throws Exception {
      writer = Optional.of(FileChannel.open(pipe, StandardOpenOption.WRITE));
    }

    @Override
    public void close() throws IOException {
      if (writer.isPresent()) {
        writer.get().close();
      }
    }
  }

  private static Path fifo(Path path) throws Exception {
    int code = new ProcessBuilder("mkfifo", path.toString()).inheritIO().start().waitFor();
    assertThat(code).isZero();
    return path;
  }
}
