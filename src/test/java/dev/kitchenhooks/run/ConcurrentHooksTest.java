package dev.kitchenhooks.run;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixProcess;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Groups of hooks that run together, as real processes. */
@Timeout(300)
class ConcurrentHooksTest {
  private static final int MANY = 500;

  @TempDir Path directory;
  private KitchenBuilder kitchen = KitchenBuilder.emptyIn(Path.of(""));

  @BeforeEach
  void kitchen() {
    kitchen = KitchenBuilder.in(directory.resolve("kitchen")).node("a").node("b");
  }

  /** A definition whose program is the script of the same name. */
  private void hook(String name, String type, int weight, boolean concurrent) {
    hook(name, type, name, weight, concurrent);
  }

  private void hook(String name, String type, String exec, int weight, boolean concurrent) {
    kitchen.hookDef(
        name + ".json",
        "{\"name\": \"%s\", \"type\": \"%s\", \"exec\": \"%s\", \"weight\": %d, \"concurrent\": %s, \"timeout\": \"5m\"}"
            .formatted(name, type, exec, weight, concurrent));
  }

  private void pipe(String name) throws IOException, InterruptedException {
    Process mkfifo =
        new ProcessBuilder("mkfifo", kitchen.directory().resolve(name).toString()).start();
    assertThat(mkfifo.waitFor()).isZero();
  }

  private FixResult fix(String... words) {
    return FixCommand.in(kitchen).run(words);
  }

  private JsonNode status() {
    return JsonMapper.shared().readTree(fix("status", "--output", "json").out());
  }

  @Test
  void hooksOfAGroupRunAtTheSameTime() throws Exception {
    pipe("one");
    pipe("two");
    // Each waits for the other: one after the other would never end.
    kitchen
        .script("ask", "echo ping >one", "read answer <two", "echo \"got $answer\"")
        .script("tell", "read question <one", "echo pong >two", "echo \"heard $question\"");
    hook("ask", "node_predeployhook", 0, true);
    hook("tell", "node_predeployhook", 0, true);
    FixResult result = fix("wrap", "node:a", "--", "echo", "{node}");
    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .contains("a [ask] started, one of 2 together", "a [ask] | got pong")
        .contains("a [tell] started, one of 2 together", "a [tell] | heard ping");
  }

  @Test
  void aGroupWaitsForWhatIsBeforeItAndHoldsBackWhatIsAfter() throws Exception {
    kitchen.script("log", "echo \"+$FIX_HOOK_NAME\" >>log", "echo \"-$FIX_HOOK_NAME\" >>log");
    hook("first", "global_predeployhook", "log", -1, false);
    hook("x", "global_predeployhook", "log", 0, true);
    hook("y", "global_predeployhook", "log", 0, true);
    hook("z", "global_predeployhook", "log", 1, true);
    assertThat(fix("wrap", "node:a", "--", "true").exit()).isZero();
    List<String> log = Files.readAllLines(kitchen.directory().resolve("log"));
    assertThat(log.subList(0, 2)).containsExactly("+first", "-first");
    assertThat(log.subList(2, 6)).containsExactlyInAnyOrder("+x", "-x", "+y", "-y");
    assertThat(log.subList(6, 8)).containsExactly("+z", "-z");
  }

  @Test
  void theFirstFailureLetsTheOthersFinishAndKeepsTheirOutput() throws Exception {
    pipe("failed");
    kitchen
        .script("gate", "echo closed", "echo >failed", "exit 7")
        .script("slow", "read _ <failed", "echo 'still here'", "exit 8")
        .script("later", "echo never");
    hook("gate", "global_predeployhook", 0, true);
    hook("slow", "global_predeployhook", 0, true);
    hook("later", "global_predeployhook", 1, false);
    FixResult result = fix("wrap", "node:a", "--", "true");
    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.out())
        .contains("[slow] | still here", "Hook gate failed", "Hook slow failed")
        .contains("Refused: hook gate failed")
        .doesNotContain("never");
    assertThat(status().path("hooks").valueStream().map(h -> h.path("exit_code").asInt()))
        .containsExactly(7, 8);
  }

  @Test
  void outputDoesNotMixWithinALine() throws Exception {
    int hooks = 8;
    int lines = 300;
    // Each line in four writes, and one without a line end at the end.
    kitchen.script(
        "talk",
        "i=0",
        "while [ $i -lt " + lines + " ]; do",
        "  printf \"$FIX_HOOK_NAME:\"; printf aaaa; printf bbbb; printf 'cc\\n'",
        "  i=$((i + 1))",
        "done",
        "printf \"$FIX_HOOK_NAME:end\"");
    for (int i = 0; i < hooks; i++) {
      hook("talk" + i, "global_predeployhook", "talk", 0, true);
    }
    FixResult result = fix("wrap", "node:a", "--", "true");
    assertThat(result.exit()).isZero();
    List<String> said =
        result.out().lines().filter(l -> l.startsWith("[talk") && l.contains("|")).toList();
    assertThat(said).hasSize(hooks * (lines + 1));
    assertThat(said).allMatch(l -> l.matches("\\[(talk\\d)] \\| \\1:(aaaabbbbcc|end)"));
    try (Stream<Path> files = Files.walk(kitchen.directory().resolve(".fix/runs"))) {
      Path log = files.filter(f -> f.endsWith("output.log")).findFirst().orElseThrow();
      assertThat(Files.readAllLines(log))
          .filteredOn(l -> l.contains("[talk"))
          .hasSize(hooks * (lines + 1))
          .allMatch(l -> l.matches("[0-9:.]+ \\[(talk\\d)] \\| \\1:(aaaabbbbcc|end)"));
    }
  }

  @Test
  void thePlanShowsWhatRunsTogether() {
    kitchen.script("log", "exit 0");
    hook("x", "node_predeployhook", "log", 0, true);
    hook("y", "node_predeployhook", "log", 0, true);
    hook("z", "node_predeployhook", "log", 1, true);
    hook("alone", "node_predeployhook", "log", 2, false);
    String plan = fix("plan", "node:a").out();
    assertThat(plan.lines().filter(l -> l.startsWith("  pre")).map(l -> l.replaceAll(": .* a", "")))
        .containsExactly(
            "  pre    x  [together, 1 of 2]",
            "  pre    y  [together, 2 of 2]",
            "  pre    z",
            "  pre    alone");
    JsonNode json = JsonMapper.shared().readTree(fix("plan", "node:a", "--output", "json").out());
    assertThat(json.at("/nodes/0/pre").valueStream().map(h -> h.path("group").asInt()))
        .containsExactly(1, 1, 2, 3);
    // With the neighbour left out, nothing is together any more.
    assertThat(fix("plan", "node:a", "--skip-hooks", "y").out()).doesNotContain("together");
  }

  @Test
  void aSignalReachesAllOfAGroup() throws Exception {
    pipe("arrivals");
    kitchen.script(
        "wait",
        "trap 'echo told $FIX_HOOK_NAME; exit 3' TERM",
        "echo up >arrivals",
        "while :; do sleep 0.1; done");
    hook("x", "global_predeployhook", "wait", 0, true);
    hook("y", "global_predeployhook", "wait", 0, true);
    try (var arrivals = open("arrivals");
        var fix =
            FixProcess.start(
                kitchen.directory(), directory.resolve("out"), "wrap", "node:a", "--", "true")) {
      assertThat(arrivals.readLine()).isEqualTo("up");
      assertThat(arrivals.readLine()).isEqualTo("up");
      fix.signal("INT");
      FixResult result = fix.await();
      assertThat(result.exit()).isEqualTo(130);
      assertThat(result.out()).contains("[x] | told x", "[y] | told y");
    }
  }

  /** All of them are alive at the same time before the first may end. */
  @Test
  void fiveHundredHooksAtOnce() throws Exception {
    pipe("arrivals");
    pipe("gate");
    kitchen.script(
        "work",
        "echo \"$FIX_HOOK_NAME\" >arrivals",
        "read _ <gate",
        "echo \"$FIX_HOOK_NAME done\"",
        "exit $(( ${FIX_HOOK_NAME#h} % 3 ))");
    Map<String, Integer> expected = new TreeMap<>();
    for (int i = 0; i < MANY; i++) {
      String name = "h%03d".formatted(1000 + i);
      hook(name, "global_predeployhook", "work", 0, true);
      expected.put(name, (1000 + i) % 3);
    }
    var before = ProcessHandle.current().descendants().map(ProcessHandle::pid).collect(toSet());
    List<String> arrived = new ArrayList<>();
    FixResult result;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var arrivals = open("arrivals");
        var gate = open("gate")) {
      CompletableFuture<FixResult> running =
          CompletableFuture.supplyAsync(() -> fix("wrap", "node:a", "--", "true"), threads);
      while (arrived.size() < MANY) {
        arrived.add(arrivals.readLine());
      }
      assertThat(running).isNotDone();
      gate.write("go\n".repeat(MANY).getBytes(StandardCharsets.US_ASCII));
      result = running.get();
    }
    assertThat(arrived).containsExactlyInAnyOrderElementsOf(expected.keySet());
    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.out().lines().filter(l -> l.matches("\\[h\\d+] \\| h\\d+ done")))
        .hasSize(MANY);
    Map<String, Integer> codes = new TreeMap<>();
    List<String> order = new ArrayList<>();
    for (JsonNode hook : status().path("hooks")) {
      order.add(hook.path("hook").asString());
      codes.put(hook.path("hook").asString(), hook.path("exit_code").asInt());
      assertThat(hook.path("tail")).hasSize(1);
    }
    assertThat(codes).isEqualTo(expected);
    assertThat(order).isSorted().hasSize(MANY);
    assertThat(ProcessHandle.current().descendants().map(ProcessHandle::pid).collect(toSet()))
        .isSubsetOf(before);
  }

  /** For both directions, so that neither end waits for the other to be opened. */
  private RandomAccessFile open(String pipe) throws IOException {
    return new RandomAccessFile(kitchen.directory().resolve(pipe).toFile(), "rw");
  }
}
