package dev.kitchenhooks.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.KitchenBuilder;
import dev.kitchenhooks.testkit.LittleChefKitchen;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class NodeAttributesTest {
  @TempDir Path dir;

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text);
  }

  private static NodeAttributes attributes(Kitchen kitchen, String node) {
    Orders orders = Orders.parse(List.of("node:" + node));
    NodeFacts facts = kitchen.select(orders, Optional.empty()).nodes().getFirst();
    return kitchen.attributes(facts, kitchen.nodeDocument(node));
  }

  @Test
  void everyLevelOfARealKitchen() {
    Kitchen kitchen = Kitchen.open(LittleChefKitchen.copyTo(dir).directory());
    NodeAttributes web1 = attributes(kitchen, "web1.example.com");
    assertThat(web1.defaults())
        .isEqualTo(
            json(
                """
                {"ntp": {"servers": ["pool.ntp.org", "0.pool.ntp.org", "1.pool.ntp.org"]},
                 "acme": {"app": {"user": "acme", "port": 8080}, "motd": "staging, do not trust",
                          "admins": ["root", "app", "qa"]},
                 "nginx": {"workers": 4, "dir": "/etc/nginx", "gzip": true, "logs": {},
                           "modules": ["ssl", "http2"], "worker_connections": 256}}
                """));
    assertThat(web1.normal())
        .isEqualTo(
            json(
                """
                {"ipaddress": "192.0.2.11", "tags": ["canary"],
                 "nginx": {"workers": 2, "modules": ["gzip"]},
                 "acme": {"motd": "web1, of staging"}}
                """));
    assertThat(web1.overrides())
        .isEqualTo(json("{\"acme\": {\"app\": {\"port\": 9000}, \"log_level\": \"debug\"}}"));
    assertThat(web1.merged())
        .isEqualTo(
            json(
                """
                {"ntp": {"servers": ["pool.ntp.org", "0.pool.ntp.org", "1.pool.ntp.org"]},
                 "acme": {"app": {"user": "acme", "port": 9000}, "motd": "web1, of staging",
                          "admins": ["root", "app", "qa"], "log_level": "debug"},
                 "nginx": {"workers": 2, "dir": "/etc/nginx", "gzip": true, "logs": {},
                           "modules": ["gzip"], "worker_connections": 256},
                 "ipaddress": "192.0.2.11", "tags": ["canary"]}
                """));
  }

  @Test
  void laterRolesAndThoseAroundOthersCountMore() {
    KitchenBuilder.in(dir)
        .roleJson("a", "{\"default_attributes\": {\"x\": \"a\", \"l\": [1]}}")
        .roleJson(
            "b",
            """
            {"default_attributes": {"x": "b", "l": [2]}, "override_attributes": {"y": "b"},
             "run_list": ["role[a]"]}
            """)
        .roleJson("c", "{\"override_attributes\": {\"y\": \"c\"}}")
        .node("n", "_default", "role[b]", "role[a]", "role[c]");
    NodeAttributes n = attributes(Kitchen.open(dir), "n");
    assertThat(n.merged()).isEqualTo(json("{\"x\": \"b\", \"l\": [1, 2], \"y\": \"c\"}"));
  }

  @Test
  void cookbooksOfDependenciesComeFirstAndTheLaterFolderWins() {
    KitchenBuilder.in(dir)
        .file(
            "cookbooks/lib/metadata.json",
            "{\"name\": \"lib\", \"attributes\": {\"a/b\": {\"default\": 1}, \"a/c\": {\"default\": \"false\"}},"
                + " \"dependencies\": {\"app\": \"\", \"gone\": \"\"}}")
        .file(
            "cookbooks/app/metadata.json",
            "{\"name\": \"app\", \"attributes\": {\"old\": {\"default\": 1}}}")
        .file(
            "site-cookbooks/app/metadata.json",
            "{\"name\": \"app\", \"attributes\": {\"a/b\": {\"default\": 2}}, \"dependencies\": {\"lib\": \"\"}}")
        .file("cookbooks/odd-folder/metadata.rb", "name 'odd'\n")
        .node("n", "_default", "recipe[app::x]", "recipe[odd]", "recipe[missing]");
    assertThat(attributes(Kitchen.open(dir), "n").merged())
        .isEqualTo(json("{\"a\": {\"b\": 2, \"c\": false}}"));
  }

  /** Small kitchens of random roles, against an expansion written anew. */
  @Test
  void randomRolesMergeAsANaiveOracleSays() {
    for (long seed = 0; seed < 40; seed++) {
      var random = new Random(seed);
      var kitchen = new RandomKitchen(KitchenBuilder.in(dir.resolve("k" + seed)), random);
      NodeAttributes actual = attributes(Kitchen.open(kitchen.builder.directory()), "n");
      assertThat(actual.defaults())
          .as("defaults, seed %d", seed)
          .isEqualTo(kitchen.expected("default_attributes"));
      assertThat(actual.overrides())
          .as("overrides, seed %d", seed)
          .isEqualTo(kitchen.expected("override_attributes"));
    }
  }

  private static final class RandomKitchen {
    private static final int ROLES = 6;
    private final KitchenBuilder builder;
    private final List<ObjectNode> roles = new ArrayList<>();
    private final ObjectNode environment;
    private final ObjectNode node;

    RandomKitchen(KitchenBuilder builder, Random random) {
      this.builder = builder;
      for (int i = 0; i < ROLES; i++) {
        ObjectNode role = attributes(random);
        var list = role.putArray("run_list");
        // Only of later roles, so that there is no circle.
        for (int j = i + 1; j < ROLES; j++) {
          if (random.nextInt(3) == 0) {
            list.insert(random.nextInt(list.size() + 1), "role[r" + j + "]");
          }
        }
        roles.add(role);
        builder.roleJson("r" + i, role.toString());
      }
      environment = attributes(random);
      builder.environmentJson("e", environment.toString());
      node = JsonMapper.shared().createObjectNode().put("chef_environment", "e");
      var list = node.putArray("run_list");
      for (int i = 0; i < 3; i++) {
        list.add("role[r" + random.nextInt(ROLES) + "]");
      }
      builder.nodeJson("n", node.toString());
    }

    private static ObjectNode attributes(Random random) {
      ObjectNode all = JsonMapper.shared().createObjectNode();
      for (String level : List.of("default_attributes", "override_attributes")) {
        ObjectNode own = all.putObject(level);
        own.put("k" + random.nextInt(3), random.nextInt(100));
        own.putArray("list").add(random.nextInt(5));
        own.putObject("deep").put("k" + random.nextInt(3), random.nextInt(100));
      }
      return all;
    }

    JsonNode expected(String level) {
      var order = new ArrayList<ObjectNode>();
      expand(node, order, new LinkedHashSet<>());
      order.add(environment);
      return MergeOracle.merged(order.stream().map(role -> role.get(level)).toList(), true);
    }

    private void expand(JsonNode holder, List<ObjectNode> order, Set<String> seen) {
      for (JsonNode entry : holder.get("run_list")) {
        String name = entry.stringValue();
        if (seen.add(name)) {
          ObjectNode role = roles.get(name.charAt("role[r".length()) - '0');
          expand(role, order, seen);
          order.add(role);
        }
      }
    }
  }
}
