package dev.kitchenhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HooksNewTest {
  @TempDir Path dir;
  private KitchenBuilder kitchen;

  @BeforeEach
  void aKitchen() {
    kitchen =
        KitchenBuilder.in(dir)
            .cfg("[hooks]", "phases = promote")
            .role("web")
            .node("a.example.com", "_default", "role[web]");
  }

  private FixResult fix(String... words) {
    return FixCommand.in(kitchen).run(words);
  }

  private FixResult create(String... words) {
    var all = new ArrayList<>(List.of("hooks", "new"));
    all.addAll(List.of(words));
    return fix(all.toArray(String[]::new));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      return files
          .filter(Files::isRegularFile)
          .map(f -> dir.relativize(f).toString())
          .filter(f -> f.startsWith("hook"))
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Test
  void writesADefinitionAndAProgram() throws IOException {
    FixResult result =
        create(
            "--name",
            "warm up",
            "--type",
            "node_postdeployhook",
            "--type",
            "user",
            "--description",
            "Asks for a page",
            "--filter",
            "roles=web,!db",
            "--tag",
            "slow",
            "--weight",
            "5",
            "--timeout",
            "1m",
            "--run-condition",
            "pass",
            "--not-required");

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
            wrote hook-defs/warm-up.json
            wrote hooks/warm-up: put there what it is to do

            Next: fix hooks test 'warm up'
                  fix hooks lint
                  fix hooks explain node:all --hook 'warm up'
            """);
    assertThat(dir.resolve("hook-defs/warm-up.json"))
        .hasContent(
            """
            {
              "$schema": "https://kitchenhooks.dev/schema/hook.json",
              "name": "warm up",
              "description": "Asks for a page",
              "type": ["node_postdeployhook", "user"],
              "exec": "warm-up",
              "filters": { "roles": ["web", "!db"] },
              "tags": ["slow"],
              "weight": 5,
              "timeout": "1m",
              "run_condition": "pass",
              "required": false
            }
            """);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(dir.resolve("hooks/warm-up"))))
        .isEqualTo("rwxr-xr-x");
    assertThat(files()).containsExactly("hook-defs/warm-up.json", "hooks/warm-up");
  }

  @ParameterizedTest
  @CsvSource({
    "sh, node_predeployhook", "sh, node_postdeployhook", "bash, global_prepromotehook",
    "bash, global_postdeployhook", "python, node_postpromotehook", "python, user",
    "ruby, global_postdeployhook",
  })
  void whatItWritesIsCleanAndRuns(String language, String type) {
    String program = language.equals("python") ? "python3" : language;
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(p -> Files.isExecutable(Path.of(p, program))),
        "no " + program + " in the PATH");
    create("--name", "x", "--type", type, "--language", language);

    FixResult lint = fix("hooks", "lint", "--strict");
    assertThat(lint.out()).isEqualTo(type.contains("promote") ? "" : PROMOTE_UNUSED);

    FixResult tried = fix("hooks", "test", "x");
    assertThat(tried.exit()).isZero();
    assertThat(tried.out())
        .contains("x: a.example.com")
        .contains(type.contains("post") ? "the return code is 0" : "Output:");
  }

  private static final String PROMOTE_UNUSED =
      "littlechef.cfg: warning: the phase \"promote\" is declared, but no hook uses it\n";

  @Test
  void takesTheSchemaOfTheOthers() throws IOException {
    kitchen
        .script("y")
        .hookDef(
            "y.json",
            "{\"$schema\": \"../x.json\", \"name\": \"y\", \"type\": \"user\", \"exec\": \"y\"}");
    create("--name", "x", "--type", "user");
    assertThat(Files.readString(dir.resolve("hook-defs/x.json")))
        .contains("\"$schema\": \"../x.json\"");
  }

  @Test
  void overwritesNothing() throws IOException {
    kitchen.script("x", "mine").script("y", "mine");
    assertThat(create("--name", "x", "--type", "user").err())
        .isEqualTo(
            """
            fix: hooks/x exists already; nothing was written
              -> --exec x makes a definition for it; --exec OTHER, a new program
            """);
    assertThat(files()).containsExactly("hooks/x", "hooks/y");

    FixResult taken = create("--name", "x", "--type", "user", "--exec", "x");
    assertThat(taken.exit()).isZero();
    assertThat(taken.out()).contains("hooks/x was there already, and is as it was");
    assertThat(dir.resolve("hooks/x")).hasContent("#!/bin/sh\nmine\n");

    FixResult again = create("--name", "x", "--type", "user", "--exec", "new");
    assertThat(again.exit()).isEqualTo(2);
    assertThat(again.err()).contains("hook-defs/x.json exists already; nothing was written");
    FixResult alike = create("--name", "x-", "--type", "user", "--exec", "y");
    assertThat(alike.exit()).isZero();
    FixResult twin = create("--name", "z", "--type", "user", "--exec", "y");
    assertThat(twin.err()).contains("hook-defs/z.json:5:11: warning: does the same as \"x-\"");
  }

  @Test
  void leavesNothingWhereItCannotWriteBoth() throws IOException {
    kitchen.file("hook-defs", "a file in its place");

    FixResult result = create("--name", "x", "--type", "user");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("nothing was written");
    assertThat(files()).containsExactly("hook-defs");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--name x --type node_predeploy",
        "--name x --type user --timeout 5",
        "--name tag:x --type user",
        "--name x --type user --run-condition pass",
        "--name x --type user --exec ../x",
        "--name x --type user --filter rolls=web",
        "--name x --type global_predeployhook --where node",
        "--name x/../.. --type app",
      })
  void refusesWhatIsNoHookAndWritesNothing(String words) throws IOException {
    FixResult result = create(words.split(" "));
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).startsWith("fix: this is no hook; nothing was written\n");
    assertThat(files()).isEmpty();
  }

  @Test
  void withoutATerminalSaysWhatIsMissing() throws IOException {
    FixResult result = create("--name", "x");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            """
            fix: a new hook needs more, and there is no terminal to ask at
              -> add --type TYPE
            """);
    assertThat(create().err()).contains("add --name NAME and --type TYPE");
    assertThat(files()).isEmpty();
  }

  @Test
  void asksAtATerminalUntilItKnows() throws IOException {
    FixResult result =
        FixCommand.in(kitchen)
            .answering(
                "\ntag:x\nwärm up\nAsks\nusr, nope\nnode_prepromotehook, user\nweb\nperl\nbash\n")
            .run("hooks", "new");

    assertThat(result.exit()).isZero();
    assertThat(result.err())
        .contains("Types: node_predeployhook, node_postdeployhook, global_predeployhook")
        .contains("\"tag:x\" cannot be a name: --skip-hooks could not tell it from a tag\nName of")
        .contains("\"usr\" is no type of this kitchen (did you mean \"user\"?)\nWhen does it run?");
    assertThat(dir.resolve("hook-defs/wärm-up.json"))
        .content()
        .contains("\"type\": [\"node_prepromotehook\", \"user\"]", "{ \"roles\": [\"web\"] }");
    assertThat(Files.readString(dir.resolve("hooks/wärm-up"))).startsWith("#!/usr/bin/env bash");
  }

  @Test
  void anAnswerThatNeverComesWritesNothing() throws IOException {
    FixResult result = FixCommand.in(kitchen).answering("x\n").run("hooks", "new");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("no answer; nothing was done");
    assertThat(files()).isEmpty();
  }
}
