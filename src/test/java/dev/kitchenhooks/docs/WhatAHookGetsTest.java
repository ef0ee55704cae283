package dev.kitchenhooks.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.demo.NodeAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The variables and the context file that docs/hooks.md shows are those that a hook really gets.
 */
class WhatAHookGetsTest {
  private static final Pattern VARIABLE = Pattern.compile("FIX_[A-Z_]+");
  private static final Page PAGE = Page.read(Path.of("docs", "hooks.md"));

  @TempDir Path scratch;
  private Path seen = Path.of("");

  @BeforeEach
  void runAHookThatKeepsAllOfIt() throws IOException, InterruptedException {
    var access = NodeAccess.create(scratch.resolve("access"), "nobody", Optional.empty());
    access.write(Map.of());
    Reader reader = Reader.in(scratch, access);
    seen = Files.createDirectories(scratch.resolve("seen"));
    reader.write(
        file(
            "kitchen/hooks/keep",
            "#!/bin/sh",
            "env >\"$SEEN/env\"",
            "cp \"$FIX_CONTEXT\" \"$SEEN/context\""));
    reader.write(
        file(
            "kitchen/hook-defs/keep.json",
            "{ \"name\": \"keep\", \"type\": [\"node_postdeployhook\", \"global_postdeployhook\"],",
            "  \"exec\": \"keep\", \"environment\": { \"SEEN\": \"%s\" } }".formatted(seen)));
    assertThat(reader.type("chmod 755 kitchen/hooks/keep").exit()).isZero();
    String run = "fix --kitchen kitchen hooks run keep --node web1.example.com --rc 5 --type ";
    assertThat(reader.type(run + "node_postdeployhook").exit()).isZero();
    Files.move(seen.resolve("env"), seen.resolve("env-of-node"));
    assertThat(reader.type(run + "global_postdeployhook").exit()).isZero();
  }

  private static Block file(String path, String... lines) {
    return new Block("WhatAHookGetsTest", 0, "", Map.of("file", path), List.of(lines));
  }

  @Test
  void variables() throws IOException {
    var documented = new TreeSet<String>();
    PAGE.prose().stream()
        .filter(line -> line.startsWith("| `FIX_"))
        .map(line -> line.split("\\|", -1)[1])
        .flatMap(names -> VARIABLE.matcher(names).results())
        .forEach(name -> documented.add(name.group()));
    var given = new TreeSet<String>();
    try (Stream<String> lines = Files.lines(seen.resolve("env-of-node"))) {
      lines.map(VARIABLE::matcher).filter(Matcher::lookingAt).forEach(m -> given.add(m.group()));
    }
    // The first is only there in a why-run, the second for an application; the third is how the
    // process tree is found again.
    given.add("FIX_DRY_RUN");
    given.add("FIX_APP");
    given.remove("FIX_PROCESS_TREE");
    assertThat(documented).isEqualTo(given);
  }

  @Test
  void context() throws IOException {
    Block example =
        PAGE.blocks().stream()
            .filter(b -> b.attribute("context").isPresent())
            .findFirst()
            .orElseThrow();
    JsonNode shown = JsonMapper.shared().readTree(example.text());
    JsonNode real = JsonMapper.shared().readTree(Files.readString(seen.resolve("context")));
    assertThat(shown.propertyNames()).containsExactlyElementsOf(real.propertyNames());
    for (String object : List.of("/run", "/hook", "/nodes/0")) {
      assertThat(shown.at(object).propertyNames())
          .as(object)
          .containsExactlyElementsOf(real.at(object).propertyNames());
    }
  }
}
