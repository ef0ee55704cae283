package dev.kitchenhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What is left of runs, and what a report tells to type next. */
class RecordedRunsTest {
  private static final String KITCHEN = "my kitchen";

  @TempDir Path directory;

  @BeforeEach
  void kitchen() {
    KitchenBuilder.in(directory.resolve(KITCHEN))
        .node("db1")
        .hookDef(
            "tell.json",
            "{\"name\": \"tell\", \"type\": [\"node_predeployhook\", \"node_postdeployhook\"],"
                + " \"exec\": \"tell\"}")
        .script("tell", "exit $(($# - 1))");
  }

  private FixResult fix(String... words) {
    return FixCommand.in(directory).run(words);
  }

  @Test
  void withoutARunJsonIsStillOneValueOnOneLine() {
    assertThat(fix("--kitchen", KITCHEN, "status", "--output", "json"))
        .isEqualTo(new FixResult(0, "null\n", ""));
    assertThat(fix("--kitchen", KITCHEN, "history", "--output", "json"))
        .isEqualTo(new FixResult(0, "[]\n", ""));
  }

  @Test
  void jsonOfARunEndsItsLine() {
    fix("--kitchen", KITCHEN, "wrap", "node:db1", "--", "true");
    for (String command : List.of("status", "history")) {
      String out = fix("--kitchen", KITCHEN, command, "--output", "json").out();
      assertThat(out.indexOf('\n')).as(command).isEqualTo(out.length() - 1);
      assertThat(JsonMapper.shared().readTree(out).isContainer()).isTrue();
    }
  }

  /** The kitchen's directory and the hook's type are part of the command, or it is another one. */
  @Test
  void theCommandThatRunsAHookAgainDoes() {
    FixResult run = fix("--kitchen", KITCHEN, "wrap", "node:db1", "--", "true", "{node}");
    String again =
        "run it again: fix --kitchen 'my kitchen' hooks run tell --type node_postdeployhook"
            + " --node db1 --rc 0\n";
    assertThat(run.out()).contains(again);
    assertThat(fix("--kitchen", KITCHEN, "status").out()).contains(again);
    FixResult byHand =
        fix(
            "--kitchen",
            KITCHEN,
            "hooks",
            "run",
            "tell",
            "--type",
            "node_postdeployhook",
            "--node",
            "db1",
            "--rc",
            "0");
    assertThat(byHand.exit()).isEqualTo(1);
  }

  /**
   * As {@code fix --output json | head -1} has it: stdout is a PrintStream, which throws nothing.
   */
  @Test
  void aReaderOfJsonThatGoesAwayIsWarnedOfOnce() {
    var closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    var err = new ByteArrayOutputStream();
    int exit =
        FixCli.run(
            List.of("--kitchen", KITCHEN, "--output", "json", "wrap", "node:db1", "--", "true"),
            new Surroundings(
                new PrintStream(closed),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                InputStream.nullInputStream(),
                Map.of("HOME", directory.toString(), "PATH", System.getenv("PATH")),
                directory,
                false,
                false,
                false,
                false));
    assertThat(exit).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "warning: the JSON output cannot be written: nobody reads it any more, or its disk is"
                + " full\n");
  }
}
