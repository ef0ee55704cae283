package dev.kitchenhooks.history;

import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.rules.Outcome;
import dev.kitchenhooks.rules.RunResult;
import dev.kitchenhooks.run.RunListener;
import dev.kitchenhooks.testkit.Plans;
import dev.kitchenhooks.testkit.ScriptedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A process that records runs and prints a line after each event that was recorded, as the console
 * would. Started, and perhaps killed, by tests.
 */
final class RunWriterProcess {
  static final int NODES = 20;

  private RunWriterProcess() {}

  static Process start(Path file, String prefix, int runs) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            // A killed JVM leaves SQLite's library behind.
            "-Dorg.sqlite.tmpdir=" + file.toAbsolutePath().getParent(),
            "-cp",
            System.getProperty("java.class.path"),
            RunWriterProcess.class.getName(),
            file.toString(),
            prefix,
            String.valueOf(runs))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  public static void main(String[] args) {
    Path file = Path.of(args[0]);
    int runs = Integer.parseInt(args[2]);
    try (RunHistory history = RunHistory.open(file)) {
      for (int i = 0; i < runs; i++) {
        var trail = new AuditTrail(history, RunWriterProcess::fail);
        try (var log =
            new OutputLog(history.runsDirectory(), ZoneOffset.UTC, RunWriterProcess::fail)) {
          String id = args[1] + i;
          var told = new ArrayList<String>();
          record(
              event -> {
                log.on(event);
                trail.on(event);
                told.add(event.getClass().getSimpleName());
                IO.println(id + " " + told.size());
              },
              id);
        }
      }
    }
  }

  private static void fail(String warning) {
    throw new AssertionError(warning);
  }

  /** The same events for every run, so that a test knows what the n-th one was. */
  static void record(RunListener listener, String id) {
    List<PlannedNode> nodes =
        IntStream.range(0, NODES)
            .mapToObj(i -> Plans.node("n" + i, List.of(SampleRun.DRAIN), List.of(SampleRun.CHECK)))
            .toList();
    ScriptedRun run =
        new ScriptedRun(listener)
            .start(id, Plans.of(List.of(), List.of(), nodes.toArray(PlannedNode[]::new)));
    for (PlannedNode node : nodes) {
      run.nodeStarts(node.fqdn())
          .hook(SampleRun.DRAIN, node.fqdn(), OptionalInt.empty(), 0, 1, "draining")
          .deployStarts(node.fqdn())
          .deploySays(node.fqdn(), "converging")
          .deployEnds(node.fqdn(), 0, "", 1, "converging")
          .hook(SampleRun.CHECK, node.fqdn(), OptionalInt.of(0), 1, 1, "a line", "another")
          .nodeEnds(node.fqdn(), Outcome.DEPLOYED, "", 2);
    }
    run.end(0, 0, RunResult.End.FINISHED);
  }
}
