package dev.kitchenhooks.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.rules.RunResult;
import dev.kitchenhooks.testkit.Plans;
import dev.kitchenhooks.testkit.ScriptedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputLogTest {
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  @TempDir Path runs;
  private final List<String> warnings = new ArrayList<>();

  private Path log() {
    return runs.resolve("r1/output.log");
  }

  private ScriptedRun run() {
    return new ScriptedRun(new OutputLog(runs, ZONE, warnings::add))
        .start("r1", Plans.of(List.of(), List.of(), Plans.node("web1", List.of(), List.of())));
  }

  @Test
  void keepsEachLineWithItsTimeAndWhoseItIs() throws IOException {
    run()
        .hook(SampleRun.NOTICE, null, OptionalInt.empty(), 0, 1_250, "Grüße")
        .hook(SampleRun.DRAIN, "web1", OptionalInt.empty(), 0, 5, "")
        .deploySays("web1", "\u001b[2J\u001b[31mred\u001b[0m\ttab \u0007")
        .commandSays("once")
        .end(0, 0, RunResult.End.FINISHED);
    assertThat(Files.readString(log()))
        .isEqualTo(
            """
            11:15:12.000 [notice] | Grüße
            11:15:13.250 web1 [drain] |\s
            11:15:13.255 web1 | red\ttab \uFFFD
            11:15:13.255 command | once
            """);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log().getParent())))
        .isEqualTo("rwx------");
    assertThat(warnings).isEmpty();
  }

  @Test
  void aFloodEndsWithASingleLineThatSaysSo() throws IOException {
    ScriptedRun run = run();
    String line = "x".repeat(8_000);
    for (int i = 0; i < 1_100; i++) {
      run.deploySays("web1", line);
    }
    assertThat(Files.size(log()))
        .isBetween(OutputLog.LIMIT_BYTES - 10_000L, OutputLog.LIMIT_BYTES + 100L);
    assertThat(Files.readAllLines(log()))
        .last()
        .isEqualTo("(not kept further: the output of this run is longer than 8 MB)");
    assertThat(warnings).isEmpty();
  }

  @Test
  void aFullDiskIsWarnedOfOnceAndTheRunGoesOn() throws IOException {
    Path full = Path.of("/dev/full");
    assumeThat(full).as("this system has no /dev/full to stand for a full disk").exists();
    Files.createDirectories(log().getParent());
    Files.createSymbolicLink(log(), full);
    run().deploySays("web1", "one").deploySays("web1", "two");
    assertThat(warnings)
        .containsExactly(
            "cannot write %s: No space left on device. The run goes on, but its output is not kept further."
                .formatted(log()));
    Files.delete(log());
  }

  @Test
  void aRunWhoseLogCannotBeMadeIsRefused() throws IOException {
    Files.writeString(runs.resolve("r1"), "in the way");
    assertThatExceptionOfType(FixException.class)
        .isThrownBy(this::run)
        .satisfies(e -> {
          assertThat(e.exitCode()).isEqualTo(ExitCode.INVALID);
          assertThat(e.message()).startsWith("cannot write the output of the run to " + log());
        });
  }
}
