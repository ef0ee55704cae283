package dev.kitchenhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees who mistypes, or whose disk fails in the middle of a run. */
class OperatorErrorsTest {
  @TempDir Path temp;
  private KitchenBuilder kitchen;

  @BeforeEach
  void kitchen() {
    kitchen = KitchenBuilder.in(temp).node("web1.example.com").node("web2.example.com");
  }

  private FixResult fix(String... words) {
    return FixCommand.in(kitchen).run(words);
  }

  @Test
  void aMisspelledCommandIsNotTakenForAnOrder() {
    FixResult result = fix("statsu");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo("fix: \"statsu\" is not a command\n  -> did you mean \"fix status\"?\n");
  }

  @Test
  void anEmptyCommandIsNothingToWrap() {
    kitchen
        .script("drain", "touch drained")
        .hookDef(
            "drain.json",
            "{\"name\": \"drain\", \"type\": \"global_predeployhook\", \"exec\": \"drain\"}");
    FixResult result = fix("wrap", "node:web1.example.com", "--", "");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).startsWith("fix: fix wrap needs a command after --\n");
    assertThat(temp.resolve("drained")).doesNotExist();
  }

  @Test
  void aListOfNoRunsIsNotAskedFor() {
    FixResult result = fix("history", "--limit", "0");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).isEqualTo("fix: --limit 0: at least 1 was expected\n  -> try -n 20\n");
  }

  /** A directory that is gone stands for a full disk, which a test cannot have without a mount. */
  @Test
  void aHookWhoseContextCannotBeWrittenHasFailedAndTheRulesGoOn() {
    kitchen
        .script("spoil", "rm -r .fix/runs/$FIX_RUN_ID")
        .script("drain", "exit 0")
        .hookDef(
            "spoil.json",
            "{\"name\": \"spoil\", \"type\": \"global_predeployhook\", \"exec\": \"spoil\"}")
        .hookDef(
            "drain.json",
            "{\"name\": \"drain\", \"type\": \"node_predeployhook\", \"exec\": \"drain\"}");
    FixResult result = fix("wrap", "node:all", "--yes", "--", "true", "{node}");
    assertThat(result.exit()).isEqualTo(5);
    assertThat(result.out())
        .contains(
            "[drain] failed in 0.0s (exit 126, its context file cannot be written: ",
            "web2.example.com  skipped");
    assertThat(result.err()).doesNotContain("bug");
  }

  @Test
  void lintCountsAHookWhoseProgramCannotRunAsNotValid() {
    kitchen
        .executable("hooks/plain", "echo no first line")
        .hookDef("plain.json", "{\"name\": \"plain\", \"type\": \"user\", \"exec\": \"plain\"}");
    FixResult result = fix("hooks", "lint");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.out())
        .isEqualTo(
            "hook-defs/plain.json:1:43: error: hooks/plain is neither a program nor a script: it"
                + " names no interpreter (its first line must be like #!/bin/sh)\n");
    assertThat(result.err()).isEqualTo("0 valid hooks, 1 error, 0 warnings\n");
  }
}
