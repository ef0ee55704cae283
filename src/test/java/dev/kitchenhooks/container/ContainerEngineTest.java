package dev.kitchenhooks.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said where there is no engine, or one that does not answer. Needs none. */
class ContainerEngineTest {
  private static final String[] RUN = {
    "wrap", "node:all", "--yes", "--", "/bin/touch", "ran", "{node}"
  };

  @TempDir Path dir;
  private KitchenBuilder kitchen;

  @BeforeEach
  void kitchen() {
    kitchen =
        KitchenBuilder.in(dir.resolve("kitchen"))
            .node("a.example.com")
            .hookDef(
                "h.json",
                """
                {"name": "h", "type": "node_predeployhook",
                 "container": {"image": "alpine:3.20"}}
                """);
  }

  private FixResult fix(String... words) {
    return FixCommand.in(kitchen).with("PATH", dir.resolve("bin").toString()).run(words);
  }

  @Test
  void withoutAnEngineLintSaysSoAtTheHook() {
    FixResult result = fix("hooks", "lint");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.out())
        .isEqualTo(
            """
            hook-defs/h.json:2:15: error: the hook "h" runs in a container, and there is neither \
            docker nor podman (install one, or say where it is: [hooks] container_engine in \
            littlechef.cfg)
            """);
  }

  @Test
  void withoutAnEngineNothingRuns() {
    FixResult result = fix(RUN);
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .contains(
            "the hook \"h\" runs in a container, and there is neither docker nor podman; nothing has run");
    assertThat(kitchen.directory().resolve("ran")).doesNotExist();
    assertThat(kitchen.directory().resolve(".fix")).doesNotExist();
  }

  @Test
  void whatDoesNotRunTheHookNeedsNoEngine() {
    assertThat(
            fix("wrap", "node:all", "--yes", "--skip-hooks", "h", "--", "/bin/true", "{node}")
                .exit())
        .isZero();
    FixResult plan = fix("plan", "node:all");
    assertThat(plan.exit()).isZero();
    assertThat(plan.out()).contains("h: alpine:3.20 a.example.com  [in a container: alpine:3.20]");
    assertThat(fix("hooks", "list").exit()).isZero();
    assertThat(fix("plan", "node:all", "--output", "json").out())
        .contains("\"container\":\"alpine:3.20\"");
  }

  @Test
  void aHookThatIsNotEnabledNeedsNone() {
    kitchen.hookDef(
        "h.json",
        """
        {"name": "h", "type": "node_predeployhook", "enabled": false,
         "container": {"image": "alpine:3.20"}}
        """);
    assertThat(fix("hooks", "lint").exit()).isZero();
  }

  @Test
  void anEngineThatDoesNotAnswerIsNone() {
    kitchen.executable("../bin/docker", "#!/bin/sh", "echo Cannot connect to the daemon; exit 1");
    FixResult result = fix(RUN);
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .contains(
            "the hook \"h\" runs in a container, and docker does not answer: Cannot connect to the daemon; nothing has run",
            "\"docker ps\" must work for you");
  }

  @Test
  void podmanIsTakenWhereThereIsNoDocker() {
    kitchen.executable("../bin/podman", "#!/bin/sh", "echo no subuids; exit 125");
    assertThat(fix("hooks", "lint").out()).contains("podman does not answer: no subuids");
  }

  @Test
  void theConfigurationSaysWhichEngine() {
    kitchen.executable("../bin/docker", "#!/bin/sh", "exit 0");
    assertThat(fix("hooks", "lint").exit()).isZero();
    kitchen.cfg("[hooks]", "container_engine = podman");
    assertThat(fix("hooks", "lint").out()).contains("the container engine podman is not there");
    kitchen.cfg("[hooks]", "container_engine = /no/such/engine");
    assertThat(fix("hooks", "lint").out())
        .contains("the container engine /no/such/engine is not there");
    kitchen.cfg("[hooks]", "container_engine = nerdctl");
    assertThat(fix("hooks", "lint").err())
        .contains(
            "littlechef.cfg:2:20: error: container_engine: expected docker, podman, or an absolute path");
  }
}
