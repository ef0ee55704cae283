package dev.kitchenhooks.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.problem.Problem;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class HookDefinitionsTest {
  @TempDir Path dir;
  private TestKitchen kitchen;

  @BeforeEach
  void makeKitchen() {
    kitchen = new TestKitchen(dir);
  }

  @Test
  void theExampleOfTheProposalLoadsAsItStandsWithTwoWarnings() throws IOException {
    kitchen.definition("proposal.json", Cases.text("proposal.json"));
    Loaded loaded = kitchen.load();
    assertThat(TestKitchen.lines(loaded.problems()))
        .containsExactly(
            "hook-defs/proposal.json:3:9: warning: \"gobal_predeployhook\" is read as"
                + " \"global_predeployhook\" (write \"global_predeployhook\")",
            "hook-defs/proposal.json:5:1: warning: \"chef_environement\" is read as"
                + " \"chef_environment\" (write \"chef_environment\")");
    HookDefinition hook = valid(loaded).getFirst();
    assertThat(hook.name()).isEqualTo("my pre deploy hook");
    assertThat(hook.types()).extracting(HookType::id).containsExactly("global_predeployhook");
    assertThat(hook.filters().values())
        .isEqualTo(Map.of(FilterKey.CHEF_ENVIRONMENT, List.of("staging")));
    assertThat(hook.executable()).isEqualTo(Path.of("/usr/bin/somehook"));
  }

  @Test
  void everyKeyIsRead() throws IOException {
    kitchen.definition(
        "all.jsonc",
        """
        {
          // Comments are allowed.
          "$schema": "../docs/hook.schema.json",
          "name": "all",
          "description": "says everything",
          "type": ["node_postdeployhook", "global_prepromotehook"],
          "exec": "sub/../all.sh",
          "args": ["--pool", "", "a b"],
          "filters": {
            "commands": ["fix"], "platform": ["debian"], "tags": ["t"], "recipes": ["nginx"],
            "nodes": ["*.example.com"], "roles": ["web*", "!webmail"],
            "chef_environment": ["staging"],
          },
          "enabled": false,
          "tags": ["slow", "lb"],
          "weight": -7,
          "timeout": "1h30m",
          "kill_after": "250ms",
          "run_condition": "always",
          "required": false,
          "environment": { "B": "1", "A": null },
          "output": "quiet",
          "why_run": true,
        }
        """);
    Loaded loaded = kitchen.load();
    assertThat(loaded.problems()).isEmpty();
    Map<String, Variable> environment =
        Map.of("A", Variable.PASSED_THROUGH, "B", new Variable.Literal("1"));
    HookDefinition hook = loaded.hooks().getFirst();
    assertThat(hook.filters().values().keySet()).containsExactly(FilterKey.values());
    assertThat(hook)
        .isEqualTo(
            new HookDefinition(
                "all",
                "says everything",
                List.of(
                    HookType.parse("node_postdeployhook").orElseThrow(),
                    HookType.parse("global_prepromotehook").orElseThrow()),
                "hook-defs/all.jsonc",
                "sub/../all.sh",
                dir.resolve("hooks/all.sh"),
                List.of("--pool", "", "a b"),
                Place.CONTROLLER,
                Optional.empty(),
                hook.filters(),
                false,
                TestKitchen.set("lb", "slow"),
                -7,
                false,
                Duration.ofMinutes(90),
                Duration.ofMillis(250),
                RunCondition.ALWAYS,
                false,
                Retries.NONE,
                environment,
                OutputMode.QUIET,
                true));
  }

  @Test
  void whatIsNotSaidHasTheDefaultsOfTheContractAndTheKitchen() throws IOException {
    kitchen.definition("a.json", "{\"name\": \"a\", \"type\": \"user\", \"exec\": \"/bin/true\"}");
    HookDefinition hook = valid(kitchen.load()).getFirst();
    assertThat(hook)
        .isEqualTo(
            new HookDefinition(
                "a",
                "",
                List.of(HookType.USER),
                "hook-defs/a.json",
                "/bin/true",
                Path.of("/bin/true"),
                List.of(),
                Place.CONTROLLER,
                Optional.empty(),
                Filters.NONE,
                true,
                TestKitchen.set(),
                0,
                false,
                TestKitchen.CONFIG.timeout(),
                TestKitchen.CONFIG.killAfter(),
                RunCondition.FINISHED,
                true,
                Retries.NONE,
                Map.of(),
                OutputMode.LIVE,
                false));
  }

  @Test
  void aWholeNumberMayBeWrittenAsADecimal() throws IOException {
    kitchen.definition(
        "a.json", "{\"name\": \"a\", \"type\": \"user\", \"exec\": \"a\", \"weight\": -1.20e1}");
    assertThat(valid(kitchen.load()).getFirst().weight()).isEqualTo(-12);
  }

  @Test
  void withoutTheDirectoryThereAreNoHooks() {
    assertThat(kitchen.load()).isEqualTo(new Loaded(List.of(), List.of(), Map.of()));
  }

  @Test
  void filesAreFoundInSubDirectoriesAndThroughLinksInTheOrderOfTheirPaths() throws IOException {
    for (String name : List.of("b.json", "a/z.json", "c.jsonc", ".hidden.json", ".git/x.json")) {
      kitchen.definition(name, user(name));
    }
    Path elsewhere = Files.writeString(dir.resolve("elsewhere"), user("linked"));
    Files.createSymbolicLink(dir.resolve("hook-defs/bb.json"), elsewhere);
    assertThat(valid(kitchen.load()))
        .extracting(HookDefinition::file)
        .containsExactly(
            "hook-defs/a/z.json", "hook-defs/b.json", "hook-defs/bb.json", "hook-defs/c.jsonc");
  }

  @Test
  void whatCannotBeReadIsAnError() throws IOException {
    kitchen.definition("large.json", user("large"));
    try (var large = new RandomAccessFile(dir.resolve("hook-defs/large.json").toFile(), "rw")) {
      large.setLength((16L << 20) + 1);
    }
    kitchen.definition("latin1.json", new byte[] {'"', (byte) 0xe9, '"'});
    Files.createSymbolicLink(dir.resolve("hook-defs/dead.json"), Path.of("nowhere"));
    Files.createSymbolicLink(dir.resolve("hook-defs/loop"), Path.of("."));
    assertThat(TestKitchen.lines(kitchen.load().problems()))
        .containsExactly(
            "hook-defs/dead.json: error: cannot be read: it is a link to nothing",
            "hook-defs/large.json: error: larger than 16 MB",
            "hook-defs/latin1.json:1:2: error: byte 0xe9 is not UTF-8",
            "hook-defs/loop: error: cannot be read: it is a link to a directory that it lies in");
  }

  @Test
  @Timeout(60)
  void aNamedPipeIsNotWaitedFor() throws Exception {
    kitchen.definition("a.json", user("a"));
    Path pipe = dir.resolve("hook-defs/pipe.json");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(TestKitchen.lines(kitchen.load().problems()))
        .containsExactly("hook-defs/pipe.json: error: not a regular file");
  }

  @Test
  void oneBrokenDefinitionLeavesTheOthersLoadedButNotRun() throws IOException {
    kitchen.definition("a.json", user("a")).definition("b.json", "{}");
    Loaded loaded = kitchen.load();
    assertThat(loaded.hooks()).extracting(HookDefinition::name).containsExactly("a");
    assertThat(loaded.problems()).filteredOn(Problem::isError).hasSize(3);
  }

  @Test
  void warningsStopNothing() throws IOException {
    kitchen.definition("a.yaml", "name: a").definition("b.json", user("b"));
    assertThat(valid(kitchen.load())).hasSize(1);
  }

  @Test
  void everyMemberOfTheContractsTypesIsAccepted() throws IOException {
    List<String> types =
        List.of(
            "global_predeployhook",
            "global_postdeployhook",
            "node_predeployhook",
            "node_postdeployhook",
            "global_prepromotehook",
            "node_postpromotehook",
            "user");
    for (String type : types) {
      kitchen.definition(type + ".json", user(type + "!").replace("user", type));
    }
    assertThat(valid(kitchen.load()))
        .flatExtracting(HookDefinition::types)
        .extracting(HookType::id)
        .containsExactlyInAnyOrderElementsOf(types);
  }

  @Test
  void environmentKeepsTheOrderOfTheFile() throws IOException {
    String names = "ZMABQ";
    String members =
        String.join(",", Arrays.stream(names.split("")).map(n -> "\"" + n + "\": null").toList());
    kitchen.definition("a.json", user("a").replace("}", ", \"environment\": {" + members + "}}"));
    assertThat(String.join("", valid(kitchen.load()).getFirst().environment().keySet()))
        .isEqualTo(names);
  }

  private static List<HookDefinition> valid(Loaded loaded) {
    assertThat(loaded.problems()).filteredOn(Problem::isError).isEmpty();
    return loaded.hooks();
  }

  private static String user(String name) {
    return "{\"name\": \"%s\", \"type\": \"user\", \"exec\": \"x\"}".formatted(name);
  }
}
