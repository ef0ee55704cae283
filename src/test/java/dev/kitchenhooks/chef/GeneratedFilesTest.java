package dev.kitchenhooks.chef;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.kitchen.NodeAttributes;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.kitchen.Secret;
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

  private static final NodeAttributes ATTRIBUTES =
      new NodeAttributes(
          DeployFixture.json("{\"role\": 1}"),
          NodeAttributes.own(DOCUMENT),
          DeployFixture.json("{\"environment\": 2}"));

  private static SoloRb soloRb(String license, boolean bagsForRunOnly, boolean secret) {
    return new SoloRb(
        license,
        bagsForRunOnly,
        secret,
        List.of("berks-cookbooks", "cookbooks", "site-cookbooks"),
        new KitchenConfig.Proxies(Optional.empty(), Optional.empty()));
  }

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
    assertThat(
            DeployFixture.json(
                text(NodeJson.forSearch(new NodeDocument(FACTS, DOCUMENT, ATTRIBUTES)))))
        .isEqualTo(
            DeployFixture.json(
                """
                {"name": "web1.example.com", "chef_environment": "staging",
                 "run_list": ["role[web]"],
                 "default": {"role": 1}, "override": {"environment": 2},
                 "normal": {"ipaddress": "10.0.0.1", "nginx": {"port": 80, "ratio": 1.50}},
                 "automatic": {"fqdn": "web1.example.com", "hostname": "web1",
                   "domain": "example.com", "ipaddress": "10.0.0.1", "platform": "debian",
                   "roles": ["base", "web"], "recipes": ["nginx"]}}
                """));
  }

  @Test
  void soloRbNamesTheNodeAndOnlyFoldersThatAreThere() {
    var soloRb = soloRb("accept-no-persist", false, false);
    assertThat(text(soloRb.text("web1.example.com", List.of("site-cookbooks", "roles"))))
        .isEqualTo(
            """
            # Written by fix.
            # All paths hang on this file's own place: the work path may be relative to a home.
            work = File.dirname(File.expand_path(__FILE__))
            kitchen = File.dirname(File.dirname(File.realpath(__FILE__)))
            node_name 'web1.example.com'
            chef_license 'accept-no-persist'
            cookbook_path [File.join(kitchen, 'site-cookbooks')]
            role_path File.join(kitchen, 'roles')
            environment_path File.join(kitchen, 'environments')
            data_bag_path File.join(kitchen, 'data_bags')
            node_path File.join(kitchen, 'nodes')
            file_cache_path File.join(work, 'cache')
            """);
  }

  @Test
  void siteCookbooksWinOverCookbooks() {
    assertThat(
            text(soloRb("accept", false, false).text("a", List.of("site-cookbooks", "cookbooks"))))
        .contains("[File.join(kitchen, 'cookbooks'), File.join(kitchen, 'site-cookbooks')]\n")
        .contains("chef_license 'accept'\n");
  }

  @Test
  void whatIsForTheRunAloneLiesOutsideOfTheRevision() {
    assertThat(text(soloRb("accept", true, true).text("a", List.of())))
        .contains("data_bag_path File.join(work, 'private/data_bags')\n")
        .contains(
            "encrypted_data_bag_secret File.join(work, 'private/encrypted_data_bag_secret')\n");
  }

  @Test
  void nodeNameIsNoRubyCode() {
    assertThat(text(soloRb("accept", false, false).text("a'#{exit}\\", List.of())))
        .contains("node_name 'a\\'#{exit}\\\\'\n");
  }

  @Test
  void nodeItselfWorksItsLevelsOutAnew() {
    ObjectNode own = DeployFixture.json(text(NodeJson.forItself(FACTS, DOCUMENT)));
    assertThat(own.has("normal")).isTrue();
    assertThat(own.has("default")).isFalse();
    assertThat(own.has("override")).isFalse();
  }

  @Test
  void proxiesAreChefs() {
    var proxies =
        new KitchenConfig.Proxies(
            Optional.of(new Secret("http://a:b@proxy:3128")), Optional.empty());
    assertThat(text(new SoloRb("accept", false, false, List.of(), proxies).text("a", List.of())))
        .contains("http_proxy 'http://a:b@proxy:3128'\n")
        .doesNotContain("https_proxy");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
