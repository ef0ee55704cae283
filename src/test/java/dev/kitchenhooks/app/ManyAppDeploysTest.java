package dev.kitchenhooks.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.FakeNode;
import dev.kitchenhooks.testkit.FixProcess;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import dev.kitchenhooks.testkit.NodeFarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole processes of {@code fix app deploy} at once, with the shipped hooks. */
@Timeout(240)
class ManyAppDeploysTest {
  private static final List<String> APPS = List.of("blog", "shop", "wiki");
  private static final List<String> ENVIRONMENTS = List.of("prod", "dev");

  @TempDir Path scratch;

  @Test
  void thoseThatWaitForEachOtherLeaveWhatOneAfterTheOtherWould() throws Exception {
    try (NodeFarm farm = NodeFarm.start(ENVIRONMENTS.size())) {
      KitchenBuilder kitchen = kitchen(farm);
      ShippedAppHooks hooks = ShippedAppHooks.in(kitchen, scratch);
      var processes = new ArrayList<FixProcess>();
      for (String app : APPS) {
        for (String environment : ENVIRONMENTS) {
          processes.add(
              FixProcess.start(
                  kitchen.directory(),
                  scratch.resolve(app + "-" + environment),
                  "app",
                  "deploy",
                  app,
                  "--env",
                  environment,
                  "--wait",
                  "3m"));
        }
      }
      for (FixProcess process : processes) {
        FixResult result = process.await();
        assertThat(result.exit()).as(result.out() + result.err()).isZero();
      }
      assertThat(hooks.hub().resolve("apps.json"))
          .content()
          .isEqualToIgnoringNewLines(
              "{\"blog-web\": {\"dev\": \"blog.example.com\", \"prod\": \"blog.example.com\"},"
                  + " \"shop-web\": {\"dev\": \"shop.example.com\", \"prod\": \"shop.example.com\"},"
                  + " \"wiki-web\": {\"dev\": \"wiki.example.com\", \"prod\": \"wiki.example.com\"}}");
      for (String app : APPS) {
        assertThat(rows(hooks.dashboard(app)))
            .allMatch(row -> row.toLowerCase(java.util.Locale.ROOT).startsWith(app))
            .extracting(row -> row.replaceAll(".* for (.*) environments?", "$1"))
            .containsExactly("All", "Prod", "Dev");
      }
      assertThat(names(hooks.dashboards()))
          .containsExactlyInAnyOrder(
              ".fix.lock", "blog_services.json", "shop_services.json", "wiki_services.json");
      for (FakeNode node : farm.nodes()) {
        assertThat(Files.readAllLines(node.file("docker-calls"))).hasSize(APPS.size());
      }
    }
  }

  private KitchenBuilder kitchen(NodeFarm farm) throws IOException {
    KitchenBuilder kitchen =
        KitchenBuilder.in(scratch.resolve("kitchen"))
            .cfg(
                "[userinfo]",
                "ssh-config = " + farm.access().sshConfig(),
                "[kitchen]",
                "node_work_path = work");
    for (int i = 0; i < ENVIRONMENTS.size(); i++) {
      FakeNode node = farm.node(i + 1);
      var apps = new ArrayList<String>();
      for (String app : APPS) {
        kitchen.file(
            "apps/" + app + ".yml",
            "services:\n  web:\n    image: x\n    environment:\n      VIRTUAL_HOST: %s.example.com\n"
                .formatted(app));
        apps.add(
            "\"%s\": {\"version\": \"1\", \"compose_file\": \"apps/%s.yml\", \"target_dir\": \"%s\"}"
                .formatted(app, app, node.file(app)));
      }
      kitchen
          .environment(ENVIRONMENTS.get(i))
          .nodeJson(
              node.fqdn(),
              "{\"chef_environment\": \"%s\", \"run_list\": [], \"applications\": {%s}}"
                  .formatted(ENVIRONMENTS.get(i), String.join(", ", apps)));
      node.program(
          "docker",
          "#!/bin/sh\n[ \"$*\" = 'compose version' ] || echo \"$*\" >>%s/docker-calls\n"
              .formatted(node.home()));
    }
    return kitchen;
  }

  private static List<String> rows(Path dashboard) throws IOException {
    JsonNode panels = JsonMapper.shared().readTree(Files.readString(dashboard)).path("panels");
    return panels.valueStream().map(panel -> panel.path("title").asString()).toList();
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
