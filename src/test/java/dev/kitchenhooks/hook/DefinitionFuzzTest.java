package dev.kitchenhooks.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever a file holds, reading it gives a definition or problems, never an exception. */
class DefinitionFuzzTest {
  private static final int ROUNDS = 150;
  private static final String VALID =
      """
      {
        "$schema": "../docs/hook.schema.json",
        "name": "fuzzed", "description": "d",
        "type": ["node_postdeployhook", "global_prepromotehook"],
        "exec": "sub/all.sh", "args": ["--pool", "a b"],
        "filters": { "roles": ["web*", "![ab]c"], "commands": ["fix"], "nodes": ["x"] },
        "enabled": true, "tags": ["slow"], "weight": -7, "timeout": "1h30m",
        "kill_after": "250ms", "run_condition": "always", "required": false,
        "environment": { "B": "1", "A": null }, "output": "quiet", "why_run": true
      }
      """;
  private static final String ODD = "{}[]\",:\\/*!x0\n\0\uD800";
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1e999999999",
          "1e-999999999",
          "1e300",
          "-1e-300",
          "1.5",
          "123456789012345678901",
          "\"\"",
          "\"!\"",
          "\"[\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\u202e\"",
          "\"user\"",
          "[]",
          "{}",
          "[[]]",
          "[null]",
          "{\"\":{}}",
          "[\"a\",\"a\"]",
          "{\"a/b\":1,\"~\":2}",
          "\"app_predeployhook\"",
          "\"0s\"",
          "\"999999999h\"",
          "\"../..\"",
          "\"role[x]\"",
          "\"" + "1s".repeat(20_000) + "\"",
          "\"" + "a".repeat(50_000) + "\"");

  private final DefinitionReader reader =
      new DefinitionReader(
          HookSchema.shared(),
          Path.of("/kitchen/hooks"),
          new PluginPins(Path.of("/kitchen"), new Problems(), true),
          TestKitchen.CONFIG);

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 5);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void changedCharacters(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      var text = new StringBuilder(VALID);
      for (int i = random.nextInt(6); i >= 0 && !text.isEmpty(); i--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, ODD.charAt(random.nextInt(ODD.length())));
          case 2 -> text.setCharAt(at, (char) random.nextInt(0x300));
          default -> text.setLength(at);
        }
      }
      readable(text.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void changedValues(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      JsonNode tree = JsonMapper.shared().readTree(VALID);
      String text = tree.toString();
      for (int i = random.nextInt(3); i >= 0; i--) {
        List<String> leaves = new ArrayList<>();
        leaves(tree, leaves);
        String leaf = leaves.get(random.nextInt(leaves.size()));
        int at = text.indexOf(leaf);
        String value = VALUES.get(random.nextInt(VALUES.size()));
        text = at < 0 ? text : text.substring(0, at) + value + text.substring(at + leaf.length());
      }
      readable(text);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void randomTrees(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      readable(tree(random, 0));
    }
  }

  private void readable(String text) {
    var problems = new Problems();
    JsonDocument document = JsonDocument.parse("hook-defs/f.json", text, problems);
    if (document == null) {
      assertThat(problems.hasErrors()).as(text).isTrue();
      return;
    }
    HookDefinition definition = reader.read(document, problems);
    for (Problem problem : problems.sorted()) {
      assertThat(problem.line()).as(problem.format()).isPositive();
      assertThat(problem.column()).as(problem.format()).isPositive();
      assertThat(problem.format()).hasSizeLessThan(1000).doesNotContain("\n");
    }
    if (!problems.hasErrors()) {
      assertThat(definition.name()).isNotEmpty();
      assertThat(definition.types()).isNotEmpty();
      assertThat(definition.timeout()).isPositive();
      // What reads as right must be right for editors too.
      assertThat(HookSchema.shared().validate(document.root())).isEmpty();
    }
  }

  private static void leaves(JsonNode node, List<String> into) {
    if (node.isContainer()) {
      node.forEach(child -> leaves(child, into));
    }
    into.add(node.toString());
  }

  private static String tree(Random random, int depth) {
    List<String> keys = HookSchema.shared().keys("");
    int kind = depth == 0 ? 0 : random.nextInt(depth > 3 ? 1 : 4);
    if (depth > 0 && kind < 2) {
      return VALUES.get(random.nextInt(VALUES.size()));
    }
    var members = new ArrayList<String>();
    for (int i = random.nextInt(8); i > 0; i--) {
      String value = tree(random, depth + 1);
      members.add(
          kind == 2 ? value : "\"" + keys.get(random.nextInt(keys.size())) + "\": " + value);
    }
    String inside = String.join(",\n", members);
    return kind == 2 ? "[" + inside + "]" : "{" + inside + "}";
  }
}
