package dev.kitchenhooks.chef;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.kitchen.NodeFacts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** The files that are generated for chef-solo. */
class GeneratedFilesTest {
  private static final NodeFacts FACTS =
      new NodeFacts(
          "web1.example.com",
          "staging",
          new TreeSet<>(List.of("base", "web")),
          new TreeSet<>(List.of("nginx")),
          new TreeSet<>(),
          Optional.of("debian"),
          false,
          List.of("role[web]"));

  private static final ObjectNode DOCUMENT =
      DeployFixture.json(
          """
          {"name": "x", "chef_environment": "old", "run_list": ["recipe[a]"], "recipes": ["b"],
           "dummy": false, "ipaddress": "10.0.0.1", "nginx": {"port": 80, "ratio": 1.50}}
          """);

  @Test
  void nodeJsonHasThePlansRunListAndTheNodesAttributes() {
    assertThat(DeployFixture.json(text(NodeJson.forRun(FACTS, DOCUMENT))))
        .isEqualTo(
            DeployFixture.json(
                """
                {"chef_environment": "staging", "run_list": ["role[web]"],
                 "ipaddress": "10.0.0.1", "nginx": {"port": 80, "ratio": 1.50}}
                """));
  }

  @Test
  void nodeSearchFindsAttributesWhereChefLooksForThem() {
    assertThat(DeployFixture.json(text(NodeJson.forSearch(new NodeDocument(FACTS, DOCUMENT)))))
        .isEqualTo(
            DeployFixture.json(
                """
                {"name": "web1.example.com", "chef_environment": "staging",
                 "run_list": ["role[web]"],
                 "normal": {"ipaddress": "10.0.0.1", "nginx": {"port": 80, "ratio": 1.50}},
                 "automatic": {"fqdn": "web1.example.com", "hostname": "web1",
                   "domain": "example.com", "ipaddress": "10.0.0.1", "platform": "debian",
                   "roles": ["base", "web"], "recipes": ["nginx"]}}
                """));
  }

  @Test
  void soloRbNamesTheNodeAndOnlyFoldersThatAreThere() {
    assertThat(text(SoloRb.text("web1.example.com", List.of("site-cookbooks", "roles"), false)))
        .isEqualTo(
            """
            # Written by fix for this run; the next one overwrites it.
            # All paths hang on this file's own place: the work path may be relative to a home.
            work = File.dirname(File.expand_path(__FILE__))
            node_name 'web1.example.com'
            chef_license 'accept-no-persist'
            cookbook_path [File.join(work, 'site-cookbooks')]
            role_path File.join(work, 'roles')
            environment_path File.join(work, 'environments')
            data_bag_path File.join(work, 'data_bags')
            node_path File.join(work, 'nodes')
            file_cache_path File.join(work, 'cache')
            """);
  }

  @Test
  void siteCookbooksWinOverCookbooks() {
    assertThat(text(SoloRb.text("a", List.of("site-cookbooks", "cookbooks"), true)))
        .contains("[File.join(work, 'cookbooks'), File.join(work, 'site-cookbooks')]\n")
        .contains("encrypted_data_bag_secret File.join(work, 'encrypted_data_bag_secret')\n");
  }

  @Test
  void nodeNameIsNoRubyCode() {
    assertThat(text(SoloRb.text("a'#{exit}\\", List.of(), false)))
        .contains("node_name 'a\\'#{exit}\\\\'\n");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
