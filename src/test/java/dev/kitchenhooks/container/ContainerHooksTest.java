package dev.kitchenhooks.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.DockerEngine;
import dev.kitchenhooks.testkit.FixResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hooks in containers of a real engine: what they get, and how they end. */
class ContainerHooksTest {
  @TempDir Path dir;
  private ContainerKitchen at;

  @BeforeEach
  void engine() {
    at = new ContainerKitchen(DockerEngine.shared(), dir.resolve("a, \"kitchen\": here"));
  }

  @Test
  void aHookGetsItsArgumentsVariablesAndFiles() throws IOException {
    at.script(
        "\"args\": [\"--pool\", \"a b\"], \"environment\": {\"TOKEN\": \"s3cret\"},",
        "",
        "echo \"args: $*\"",
        "pwd",
        "echo \"$FIX_KITCHEN $FIX_CONTEXT $FIX_OUTPUT $FIX_NODES_FILE $FIX_NODE $TOKEN\"",
        "echo \"path: $PATH home: $HOME user: $USER\"",
        "cat $FIX_NODES_FILE",
        "head -c 12 $FIX_CONTEXT; echo",
        "echo value=1 >> $FIX_OUTPUT && echo written",
        "ls -A /kitchen/.fix | wc -l",
        "touch /kitchen/x 2>/dev/null || echo read-only");
    FixResult result = at.run("--rc", "3", "--type", "node_postdeployhook");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out().lines())
        .containsExactly(
            "args: 3 a.example.com --pool a b",
            "/kitchen",
            "/kitchen /fix/context.json /fix/output /fix/nodes a.example.com s3cret",
            "path: /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin home: / user: ",
            "a.example.com",
            "{\"version\":1",
            "written",
            "0",
            "read-only");
    assertThat(at.containers()).isEmpty();
    try (var runs = Files.list(at.kitchen.directory().resolve(".fix/runs"))) {
      assertThat(runs).isEmpty();
    }
  }

  @Test
  void itsExitCodeIsTheHooks() throws IOException {
    at.script("", "", "exit 41");
    FixResult result = at.run();
    assertThat(result.exit()).isEqualTo(41);
    assertThat(at.containers()).isEmpty();
  }

  @Test
  void anEngineFromTheConfigurationIsUsed() {
    at.kitchen.cfg("[hooks]", "container_engine = /no/such/engine");
    at.script("", "", "true");
    assertThat(at.run().exit()).isEqualTo(2);
    assertThat(at.run().err())
        .contains(
            "the hook \"h\" runs in a container, and the container engine /no/such/engine is not there");
    assertThat(List.of(at.fix("hooks", "lint").out()))
        .allMatch(out ->
            out.startsWith("hook-defs/h.json:2:15: error: the hook \"h\" runs in a container"));
  }
}
