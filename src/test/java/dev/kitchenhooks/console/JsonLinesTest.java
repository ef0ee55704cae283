package dev.kitchenhooks.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.hook.OutputMode;
import dev.kitchenhooks.kitchen.Application;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.plan.SkippedHook;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.rules.Outcome;
import dev.kitchenhooks.rules.RunResult;
import dev.kitchenhooks.rules.StopSignal;
import dev.kitchenhooks.rules.Tally;
import dev.kitchenhooks.run.Revisions;
import dev.kitchenhooks.run.RunEvent;
import dev.kitchenhooks.testkit.Plans;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class JsonLinesTest {
  private static final Path DOCS = Path.of("docs/json-output.md");
  private static final Instant AT = Instant.parse("2026-11-22T10:15:12.5Z");
  private static final PlannedHook CHECK =
      Plans.hook("check", "node_postdeployhook", "asks the service", OutputMode.LIVE);
  private static final RunEvent.HookRun RUN =
      new RunEvent.HookRun(4, CHECK, Optional.of("web1.example.com"), 1);
  private static final Application SHOP =
      new Application("shop", "prod", "1.4.2", "apps/shop.yml", "/srv/shop");
  private static final List<String> ARGV =
      List.of("/srv/kitchen/hooks/check", "0", "web1.example.com");

  /** One of each kind, in the order of a run. */
  private static List<RunEvent> oneOfEach() {
    RunPlan base =
        Plans.of(List.of(), List.of(), Plans.node("web1.example.com", List.of(), List.of(CHECK)));
    PlannedHook slow = Plans.hook("slow", "node_postdeployhook");
    var plan =
        new RunPlan(
            "nodes_with_role:web",
            base.phase(),
            base.work(),
            base.limits(),
            List.of(),
            base.nodes(),
            List.of(Plans.facts("lab.example.com", "_default")),
            List.of(),
            List.of(new SkippedHook(slow, "--skip-hooks tag:slow")));
    var result =
        new ProcessResult(
            124, ProcessResult.End.TIMED_OUT, "timed out after 30s", Duration.ofMillis(30_012));
    String web1 = "web1.example.com";
    return List.of(
        new RunEvent.RunStarted(AT, "20261122-101512-3f9a", plan, "ada", 4242),
        new RunEvent.BatchStarted(AT, 2, 4, 10),
        new RunEvent.NodeStarted(AT, web1),
        new RunEvent.NodeConnected(AT, web1, Duration.ofMillis(85)),
        new RunEvent.DeployStarted(AT, web1),
        new RunEvent.DeployOutput(AT, web1, "Converging 3 resources"),
        new RunEvent.DeployFinished(
            AT,
            web1,
            0,
            "",
            Duration.ofMillis(8_130),
            List.of("Chef Client finished"),
            new Revisions(
                Optional.of("9f2c41d07be88a35-7c01d2aa"),
                Optional.of("b51e02c6a4f39d10-7c01d2aa"))),
        new RunEvent.AppStarted(AT, web1, SHOP),
        new RunEvent.AppOutput(AT, web1, "shop", "Container shop-prod-web-1  Started"),
        new RunEvent.AppFinished(
            AT, web1, "shop", 1, "", Duration.ofMillis(4_200), List.of("no such image")),
        new RunEvent.AppEnded(AT, web1, SHOP, Outcome.FAILED, "deploy failed (exit 1)"),
        new RunEvent.HookStarted(AT, RUN, ARGV, OptionalInt.of(0), 1),
        new RunEvent.HookOutput(AT, RUN, "no answer on port 80"),
        new RunEvent.HookFinished(
            AT, RUN, ARGV, result, List.of("no answer on port 80"), Optional.empty()),
        new RunEvent.NodeFinished(
            AT,
            web1,
            Outcome.FAILED,
            "post hook \"check\" failed (exit 124, timed out)",
            Duration.ofMillis(38_300)),
        new RunEvent.CommandStarted(AT, List.of("promote.sh", "web1.example.com")),
        new RunEvent.CommandOutput(AT, "promoting"),
        new RunEvent.CommandFinished(
            AT, 1, "", Duration.ofMillis(1_500), List.of("promoting", "no primary")),
        new RunEvent.StopRequested(AT, StopSignal.SIGINT, false),
        new RunEvent.RunFinished(
            AT,
            new RunResult(4, 4, RunResult.End.ABORTED, Tally.NONE.plus(Outcome.FAILED)),
            Duration.ofMillis(38_412)));
  }

  private static List<String> lines() {
    var out = new ByteArrayOutputStream();
    var json = new JsonLines(new PrintStream(out), Assertions::fail);
    oneOfEach().forEach(json::on);
    String text = out.toString(StandardCharsets.UTF_8);
    assertThat(text).endsWith("\n");
    return text.lines().toList();
  }

  @Test
  void everyKindOfEventHasItsExactLineInTheDocumentation() throws IOException {
    assertThat(oneOfEach())
        .extracting(event -> (Object) event.getClass())
        .containsExactlyInAnyOrder((Object[]) RunEvent.class.getPermittedSubclasses());
    assertThat(Files.readAllLines(DOCS)).containsAll(lines());
  }

  @Test
  void everyKeyIsExplainedInTheDocumentation() throws IOException {
    var mapper = new ObjectMapper();
    List<String> documented =
        Files.readAllLines(DOCS).stream().filter(line -> line.startsWith("| `")).toList();
    for (String line : lines()) {
      for (String key : keys(mapper.readTree(line))) {
        assertThat(documented)
            .as("rows about %s", key)
            .anyMatch(row -> row.contains("`" + key + "`"));
      }
    }
  }

  private static List<String> keys(JsonNode node) {
    var keys = new ArrayList<String>();
    node.propertyStream()
        .forEach(member -> {
          keys.add(member.getKey());
          keys.addAll(keys(member.getValue()));
        });
    if (node.isArray()) {
      node.forEach(element -> keys.addAll(keys(element)));
    }
    return keys;
  }

  @Test
  void eachLineIsOutBeforeTheNextEvent() {
    var out = new ByteArrayOutputStream();
    var json =
        new JsonLines(
            new PrintStream(new BufferedOutputStream(out, 1 << 16), false), Assertions::fail);
    int told = 0;
    for (RunEvent event : oneOfEach()) {
      json.on(event);
      assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(++told);
    }
  }

  @Test
  void anyTextStaysOneLine() {
    var out = new ByteArrayOutputStream();
    var json = new JsonLines(new PrintStream(out), Assertions::fail);
    String nasty = "a\nb\u2028\u0000\"\\\uFFFD\uD83D\uDE00 ü";
    json.on(new RunEvent.DeployOutput(AT, "n", nasty));
    String text = out.toString(StandardCharsets.UTF_8);
    assertThat(text.indexOf('\n')).isEqualTo(text.length() - 1);
    assertThat(new ObjectMapper().readTree(text).get("line").asString()).isEqualTo(nasty);
  }

  @Test
  void aReaderThatWentAwayIsWarnedOfOnceAndTheRunGoesOn() {
    var warnings = new ArrayList<String>();
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    var json = new JsonLines(new PrintStream(closed), warnings::add);
    Stream.concat(oneOfEach().stream(), oneOfEach().stream()).forEach(json::on);
    assertThat(warnings)
        .containsExactly(
            "the JSON output cannot be written: nobody reads it any more, or its disk is full");
  }
}
