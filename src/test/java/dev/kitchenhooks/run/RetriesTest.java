package dev.kitchenhooks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kitchenhooks.hook.Retries;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.secret.Secrets;
import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import dev.kitchenhooks.testkit.Plans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is tried again, how often, and what is shown and kept of it. */
@Timeout(120)
class RetriesTest {
  @TempDir Path directory;
  private KitchenBuilder kitchen = KitchenBuilder.emptyIn(Path.of(""));

  @BeforeEach
  void kitchen() {
    kitchen = KitchenBuilder.in(directory.resolve("kitchen")).node("a");
  }

  private void hook(String type, String retries, String... script) {
    kitchen
        .hookDef(
            "flaky.json",
            "{\"name\": \"flaky\", \"type\": \"%s\", \"exec\": \"flaky\", \"retries\": %s}"
                .formatted(type, retries))
        .script("flaky", script);
  }

  private FixResult fix(String... words) {
    return FixCommand.in(kitchen).run(words);
  }

  private FixResult run() {
    return fix("wrap", "node:a", "--", "echo", "{node}");
  }

  private List<JsonNode> attempts() {
    return JsonMapper.shared()
        .readTree(fix("status", "--output", "json").out())
        .path("hooks")
        .valueStream()
        .toList();
  }

  @Test
  void aHookThatFailsAndThenSucceedsHasNotFailed() throws IOException {
    hook(
        "node_predeployhook",
        "{\"attempts\": 4, \"delay\": \"10ms\"}",
        "echo \"try $FIX_ATTEMPT\"",
        "[ $FIX_ATTEMPT = 3 ]");
    FixResult result = run();
    assertThat(result.exit()).isZero();
    assertThat(result.out().lines().filter(l -> l.contains("[flaky]")).map(RetriesTest::timeless))
        .containsExactly(
            "a [flaky] started",
            "a [flaky] | try 1",
            "a [flaky] failed in TIME (exit 1), attempt 1 of 4; again in 10ms",
            "a [flaky] started, attempt 2 of 4",
            "a [flaky] | try 2",
            "a [flaky] failed in TIME (exit 1), attempt 2 of 4; again in 10ms",
            "a [flaky] started, attempt 3 of 4",
            "a [flaky] | try 3",
            "a [flaky] ok in TIME, attempt 3 of 4");
    assertThat(result.out()).doesNotContain("Hook flaky failed");
    assertThat(attempts())
        .extracting(
            h -> h.path("number").asInt(),
            h -> h.path("attempt").asInt(),
            h -> h.path("exit_code").asInt(),
            h -> h.path("tail").path(0).asString())
        .containsExactly(tuple(1, 1, 1, "try 1"), tuple(2, 2, 1, "try 2"), tuple(3, 3, 0, "try 3"));
    assertThat(fix("status").out())
        .contains("exit 1, attempt 1", "exit 1, attempt 2", "ok, attempt 3")
        .doesNotContain("Hook flaky failed");
    try (Stream<Path> files = Files.walk(kitchen.directory().resolve(".fix/runs"))) {
      Path log = files.filter(f -> f.endsWith("output.log")).findFirst().orElseThrow();
      assertThat(Files.readString(log)).contains("| try 1", "| try 2", "| try 3");
    }
  }

  @Test
  void aHookThatNeverSucceedsFailsOnce() {
    hook(
        "node_predeployhook",
        "{\"attempts\": 3, \"delay\": \"1ms\"}",
        "exit $((10 + FIX_ATTEMPT))");
    FixResult result = run();
    assertThat(result.exit()).isEqualTo(5);
    assertThat(result.out())
        .contains("pre hook \"flaky\" failed (exit 13)", "(node_predeployhook, attempt 3)")
        .containsOnlyOnce("Hook flaky failed");
  }

  @Test
  void jsonLinesSayThatAnAttemptIsNotTheLast() {
    hook("global_predeployhook", "{\"attempts\": 2, \"delay\": \"20ms\"}", "exit 1");
    List<JsonNode> ends =
        fix("wrap", "--output", "json", "node:a", "--", "true").events().stream()
            .filter(e -> e.path("event").asString().equals("hook-finished"))
            .toList();
    assertThat(ends).hasSize(2);
    assertThat(ends.getFirst().path("again_in_ms").asInt()).isEqualTo(20);
    assertThat(ends.getLast().has("again_in_ms")).isFalse();
  }

  @Test
  void notNowIsAnAnswerAndNotTriedAgain() {
    hook("node_predeployhook", "{\"attempts\": 3, \"delay\": \"1ms\"}", "exit 75");
    assertThat(run().out()).contains("soft-skipped");
    assertThat(attempts()).hasSize(1);
  }

  @Test
  void aPostHooks75IsAFailureLikeAnyOther() {
    hook("node_postdeployhook", "{\"attempts\": 2, \"delay\": \"1ms\"}", "exit 75");
    assertThat(run().exit()).isEqualTo(4);
    assertThat(attempts()).hasSize(2);
  }

  @Test
  void whatCannotBeStartedIsNotTriedAgain() {
    hook("node_predeployhook", "{\"attempts\": 3, \"delay\": \"1ms\"}", "exit 0");
    kitchen
        .hookDef(
            "gone.json",
            "{\"name\": \"gone\", \"type\": \"global_predeployhook\", \"exec\": \"gone\"}")
        .script("gone", "rm hooks/flaky");
    assertThat(run().out()).contains("(exit 127");
    assertThat(attempts()).hasSize(2);
  }

  @Test
  void noAttemptStartsLaterThanWithin() {
    hook(
        "node_predeployhook",
        "{\"attempts\": 50, \"delay\": \"2s\", \"within\": \"1s\"}",
        "exit 1");
    assertThat(run().exit()).isEqualTo(5);
    assertThat(attempts()).hasSize(1);
  }

  @Test
  void aTimeoutIsTriedAgainWithTheWholeTimeout() {
    kitchen
        .hookDef(
            "slow.json",
            "{\"name\": \"slow\", \"type\": \"global_predeployhook\", \"exec\": \"slow\","
                + " \"timeout\": \"300ms\", \"retries\": {\"attempts\": 2, \"delay\": \"1ms\"}}")
        .script("slow", "[ $FIX_ATTEMPT = 2 ] || exec sleep 60");
    assertThat(run().exit()).isZero();
    assertThat(attempts())
        .extracting(h -> h.path("end").asString())
        .containsExactly("timed-out", "exited");
  }

  @Test
  void aStopCutsTheDelayShortAndTheLastCodeStays() throws IOException {
    PlannedHook hook =
        Plans.hook(
            "flaky",
            "global_predeployhook",
            new Retries(3, Duration.ofHours(1), Duration.ofHours(9)));
    var stop = new StopRequest();
    List<RunEvent> events = new ArrayList<>();
    var bus =
        new EventBus(
            List.of(event -> {
              events.add(event);
              if (event instanceof RunEvent.HookFinished) {
                stop.request(StopRequest.Level.TERMINATE);
              }
            }),
            Secrets.NONE);
    var run =
        new RunFacts(
            "20261122-101512-3f9a",
            directory,
            Files.createDirectories(directory.resolve("run")),
            "ada",
            Clock.systemUTC().instant(),
            Map.of(),
            Secrets.NONE);
    HookRunner fails =
        (_, _, _) -> new ProcessResult(9, ProcessResult.End.EXITED, "", Duration.ZERO);
    var tools = new RunEngine.HookTools(fails, (_, _) -> true, bus, Clock.systemUTC());
    try (var byHand = new HookByHand(run, Plans.of(List.of(hook), List.of()), hook, tools)) {
      HookByHand.Result result =
          byHand.run(Optional.empty(), Optional.empty(), OptionalInt.empty(), stop);
      assertThat(result).isEqualTo(new HookByHand.Result(9, Collections.emptySortedMap()));
    }
    assertThat(events).hasSize(2);
  }

  private static String timeless(String line) {
    return line.replaceAll("in [0-9.]+s", "in TIME");
  }
}
