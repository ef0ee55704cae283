package dev.kitchenhooks.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.DockerEngine;
import dev.kitchenhooks.testkit.DockerNode;
import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code fix app} on a node with OpenSSH's server, where a real engine runs the containers. */
@Timeout(240)
class AppsOnDockerTest {
  private static final String CONTAINER = "shop-prod-web-1";
  private static final String COMPOSE =
      """
      services:
        web:
          image: %s
          init: true
          command: [sleep, "86400"]
          network_mode: none
          stop_grace_period: 1s
          labels: {version: "none"}
      """;

  @TempDir Path scratch;

  private DockerNode node;
  private KitchenBuilder kitchen;

  @BeforeEach
  void aNodeThatRunsAShop() throws IOException {
    node = DockerNode.start(scratch.resolve("node"));
    kitchen =
        KitchenBuilder.in(scratch.resolve("kitchen"))
            .cfg(node.config())
            .environment("prod")
            .file("apps/shop.yml", COMPOSE.formatted(DockerEngine.IMAGE))
            .nodeJson(
                node.fqdn(),
                """
                {"chef_environment": "prod", "run_list": [], "applications": {
                  "shop": {"version": "1.4", "compose_file": "apps/shop.yml", "target_dir": "%s"}}}
                """
                    .formatted(node.file("shop")))
            // Each writes down what ran when it was called.
            .script(
                "record",
                "running=$("
                    + node.docker()
                    + " ps --format '{{.Names}} {{.Label \"version\"}}'"
                    + " --filter label=com.docker.compose.project=shop-prod)",
                "echo \"$FIX_HOOK_NAME $FIX_RETURN_CODE: $running\" >>calls")
            .script("label", "sed -i \"s/version: .none./version: 'v$3'/\" \"$4\"");
    hook("before", "app_predeployhook", "record", "");
    hook("label", "app_predeployhook", "label", "");
    hook("after", "app_postdeployhook", "record", "");
    hook("alarm", "app_postdeployhook", "record", ", \"run_condition\": \"fail\"");
    hook("tidy", "app_postdeployhook", "record", ", \"run_condition\": \"always\"");
    hook("goodbye", "app_preundeployhook", "record", "");
    hook("gone", "app_postundeployhook", "record", "");
  }

  @AfterEach
  void stop() throws IOException {
    node.close();
  }

  private void hook(String name, String type, String exec, String more) {
    kitchen.hookDef(
        name + ".json",
        "{\"name\": \"%s\", \"type\": \"%s\", \"exec\": \"%s\"%s}"
            .formatted(name, type, exec, more));
  }

  private FixResult fix(String... words) {
    return FixCommand.in(kitchen).run(words);
  }

  private List<String> calls() throws IOException {
    Path calls = kitchen.directory().resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  private static String said(FixResult result) {
    return result.out() + result.err();
  }

  @Test
  void theCopyThatAPreHookEditedRunsUntilItIsTakenAway() throws Exception {
    FixResult deployed = fix("app", "deploy", "shop");
    assertThat(deployed.exit()).as(said(deployed)).isZero();
    assertThat(
            node.engine()
                .docker(
                    "inspect",
                    "--format",
                    "{{.State.Status}} {{.Config.Labels.version}}",
                    CONTAINER))
        .isEqualToIgnoringNewLines("running v1.4");
    assertThat(kitchen.directory().resolve("apps/shop.yml"))
        .hasContent(COMPOSE.formatted(DockerEngine.IMAGE));
    assertThat(calls())
        .containsExactly(
            "before : ", "after 0: " + CONTAINER + " v1.4", "tidy 0: " + CONTAINER + " v1.4");

    FixResult undeployed = fix("app", "undeploy", "shop");
    assertThat(undeployed.exit()).as(said(undeployed)).isZero();
    assertThat(calls().subList(3, 5))
        .containsExactly("goodbye : " + CONTAINER + " v1.4", "gone 0: ");
    assertThat(calls()).hasSize(5);
    assertThat(node.engine().docker("ps", "--all", "--format", "{{.Names}}"))
        .doesNotContain("shop-prod");
    assertThat(node.file("shop")).doesNotExist();
  }

  @Test
  void hooksThatRunOnTheNodeOrInAContainerEditTheSameCopy() throws Exception {
    kitchen
        .script("label", "sed -i \"s/version: .*}/version: '$3'}/\" \"$4\"; dirname \"$4\"")
        .script("more", "sed \"s/'1.4'/'1.4-more'/\" \"$4\" >/tmp/new; cat /tmp/new >\"$4\"")
        .cfg(
            Stream.concat(
                    Stream.of(node.config()),
                    Stream.of("[hooks]", "container_engine = " + node.docker()))
                .toArray(String[]::new));
    hook("label", "app_predeployhook", "label", ", \"where\": \"node\"");
    hook(
        "more",
        "app_predeployhook",
        "more",
        ", \"weight\": 1, \"container\": {\"image\": \"%s\", \"network\": \"none\"}"
            .formatted(DockerEngine.IMAGE));
    FixResult result = fix("app", "deploy", "shop");
    assertThat(result.exit()).as(said(result)).isZero();
    assertThat(result.out()).containsPattern("label\\] \\| \\S+/fix-hook\\.[^/]+\n");
    assertThat(calls()).contains("after 0: " + CONTAINER + " 1.4-more");
    assertThat(kitchen.directory().resolve("apps/shop.yml"))
        .hasContent(COMPOSE.formatted(DockerEngine.IMAGE));
  }

  @Test
  void whatTheEngineRefusesFailsTheNodeAndOnlyConditionalPostHooksRun() throws Exception {
    kitchen.file("apps/shop.yml", COMPOSE.formatted("absent") + "    pull_policy: never\n");
    FixResult result = fix("app", "deploy", "shop");
    assertThat(result.exit()).as(said(result)).isEqualTo(1);
    assertThat(result.out()).contains("Application shop failed on " + node.fqdn(), "absent");
    assertThat(calls()).containsExactly("before : ", "alarm 1: ", "tidy 1: ");
    assertThat(node.running("shop-prod")).isEmpty();

    kitchen.file("apps/shop.yml", COMPOSE.formatted(DockerEngine.IMAGE));
    FixResult again = fix("app", "deploy", "shop");
    assertThat(again.exit()).as(said(again)).isZero();
    assertThat(node.running("shop-prod")).isEqualToIgnoringNewLines(CONTAINER);
  }

  @Test
  void nothingStopsWhereAHookBeforeItFails() throws Exception {
    assertThat(fix("app", "deploy", "shop").exit()).isZero();
    String before = node.engine().docker("inspect", "--format", "{{.Id}} {{.State}}", CONTAINER);
    kitchen.script("refuse", "exit 3");
    hook("goodbye", "app_preundeployhook", "refuse", "");
    FixResult result = fix("app", "undeploy", "shop");
    assertThat(result.exit()).as(said(result)).isEqualTo(5);
    assertThat(node.engine().docker("inspect", "--format", "{{.Id}} {{.State}}", CONTAINER))
        .isEqualTo(before);
    assertThat(node.file("shop/docker-compose.yml")).exists();
    assertThat(calls()).noneMatch(call -> call.startsWith("gone"));
  }

  @Test
  void whatIsNoLongerInTheFileIsStoppedByTheNextDeploy() throws Exception {
    String two = COMPOSE.formatted(DockerEngine.IMAGE);
    kitchen.file(
        "apps/shop.yml", two + two.substring(two.indexOf('\n') + 1).replace("web:", "db:"));
    assertThat(fix("app", "deploy", "shop").exit()).isZero();
    assertThat(node.running("shop-prod").lines())
        .containsExactlyInAnyOrder(CONTAINER, "shop-prod-db-1");
    kitchen.file("apps/shop.yml", two);
    assertThat(fix("app", "deploy", "shop").exit()).isZero();
    assertThat(node.running("shop-prod")).isEqualToIgnoringNewLines(CONTAINER);
  }
}
