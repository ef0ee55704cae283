package dev.kitchenhooks.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.process.ProcessResult.End;
import java.util.List;

/** A script that was run: what came of it. */
record Ran(ProcessResult result, List<String> lines) {

  Ran ended(End end, int exitCode, String detail) {
    assertThat(List.of(result.end(), result.exitCode(), result.detail()))
        .as("result after the output %s", lines)
        .isEqualTo(List.of(end, exitCode, detail));
    return this;
  }
}
