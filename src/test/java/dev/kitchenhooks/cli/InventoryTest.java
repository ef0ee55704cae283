package dev.kitchenhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import dev.kitchenhooks.testkit.LittleChefKitchen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** LittleChef's orders that look at a kitchen. */
class InventoryTest {
  @TempDir Path directory;

  private FixResult list(String... words) {
    return FixCommand.in(LittleChefKitchen.copyTo(directory)).run(words);
  }

  private static List<String> names(FixResult result) {
    return result.out().lines().filter(line -> line.matches("\\S.*")).toList();
  }

  @Test
  void nodesWithTheirRolesRecipesAndAttributes() {
    assertThat(list("--env", "staging", "list_nodes"))
        .isEqualTo(
            new FixResult(
                0,
                """
                web1.example.com
                  Environment: staging
                  Tags:        canary
                  Roles:       web_server, app_server, base
                  Recipes:     ntp, acme_base, acme_app, acme_nginx, acme_nginx::status
                  Node attributes:
                    ipaddress: 192.0.2.11
                    tags: ["canary"]
                    nginx: {"workers":2,"modules":["gzip"]}
                    acme: {"motd":"web1, of staging"}
                """,
                "Found 1 node\n"));
  }

  @Test
  void aDummyIsListedAndMarked() {
    FixResult all = list("list_nodes");
    assertThat(names(all))
        .containsExactly(
            "db1.example.com",
            "hyper1.example.com",
            "switch.example.com  (dummy)",
            "web1.example.com",
            "web2.example.com");
    assertThat(all.err()).isEqualTo("Found 5 nodes\n");
  }

  @Test
  void nodesInDetailAreARunListAsATreeAndAllLevelsOfAttributes() {
    assertThat(list("list_nodes_detailed", "-e", "staging"))
        .isEqualTo(
            new FixResult(
                0,
                """
                web1.example.com
                  Environment: staging
                  Tags:        canary
                  Run list:
                    role[web_server]
                      role[app_server]
                        role[base]
                          recipe[ntp]
                          recipe[acme_base]
                        recipe[acme_app]
                      recipe[acme_nginx]
                      recipe[acme_nginx::status]
                  Attributes:
                    ntp:
                      servers: ["pool.ntp.org","0.pool.ntp.org","1.pool.ntp.org"]
                    acme:
                      app:
                        user: acme
                        port: 9000
                      motd: web1, of staging
                      admins: ["root","app","qa"]
                      log_level: debug
                    nginx:
                      workers: 2
                      dir: /etc/nginx
                      gzip: true
                      logs: {}
                      modules: ["gzip"]
                      worker_connections: 256
                    ipaddress: 192.0.2.11
                    tags: ["canary"]
                """,
                "Found 1 node\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "list_nodes_with_role:base, db1 hyper1 web1 web2",
    "list_nodes_with_role:web*, web1 web2",
    "list_nodes_with_role:db/primary, db1",
    "'list_nodes_with_role:app_server,db/primary', web1 web2 db1",
    "list_nodes_with_recipe:ntp, db1 hyper1 web1 web2",
    "list_nodes_with_recipe:acme_nginx::status, web1 web2",
    "list_nodes_with_recipe:acme_nginx::default, web1 web2",
    "list_nodes_with_tag:canary, web1",
    "'--env production list_nodes_with_role:base', db1 hyper1 web2",
    "'-g list_nodes_with_tag:hypervisor', hyper1 web2 db1",
    "'--env staging --include-guests list_nodes_with_tag:canary', web1",
  })
  void nodesWithSomething(String words, String expected) {
    FixResult result = list(words.split(" ", -1));
    assertThat(result.exit()).isZero();
    assertThat(names(result))
        .containsExactly(
            List.of(expected.split(" ", -1)).stream()
                .map(name -> name + ".example.com")
                .toArray(String[]::new));
  }

  @Test
  void nothingFoundIsNoError() {
    assertThat(list("list_nodes_with_role:web_servr"))
        .isEqualTo(
            new FixResult(
                0,
                "",
                """
                Found 0 nodes
                warning: no node has the role "web_servr" (did you mean "web_server"?)
                """));
  }

  @Test
  void environmentsRolesAndRecipes() {
    assertThat(list("list_envs").out())
        .isEqualTo(
            """
            _default    Of nodes that name none
            production  What customers see
            staging     Where changes are tried
            """);
    assertThat(list("list_roles").out())
        .isEqualTo(
            """
            app_server  A machine that runs an application
            base        What every machine has
            db/primary  The database that is written to
            web_server  An application behind nginx
            """);
    assertThat(list("list_recipes").out())
        .isEqualTo(
            """
            acme_app            Installs the application
            acme_base           What every machine of Acme has
            acme_db             Installs the database
            acme_lib            This cookbook has no recipes
            acme_nginx          nginx as Acme wants it: a wrapper
            acme_nginx::status  (no description)
            apt                 Runs apt-get update
            nginx               Installs nginx
            nginx::status       Serves its status
            ntp                 Installs ntpd
            """);
  }

  @Test
  void theEnvironmentRestrictsThemToWhatItsNodesHave() {
    assertThat(list("list_envs", "--env", "staging").out().lines()).hasSize(1);
    assertThat(names(list("list_roles_detailed", "--env", "staging")))
        .containsExactly("app_server", "base", "web_server");
    assertThat(names(list("list_recipes_detailed", "--env", "staging")))
        .containsExactly("acme_app", "acme_base", "acme_nginx", "acme_nginx::status", "ntp");
  }

  @Test
  void aRoleInDetail() {
    assertThat(list("list_roles_detailed").out())
        .endsWith(
            """
            web_server
              description: An application behind nginx
              run_list:
                role[app_server]
                  role[base]
                    recipe[ntp]
                    recipe[acme_base]
                  recipe[acme_app]
                recipe[acme_nginx]
              run_list in staging:
                role[app_server]
                recipe[acme_nginx]
                recipe[acme_nginx::status]
              default_attributes:
                nginx:
                  workers: 4
                  modules: ["ssl","http2"]
              override_attributes:
                acme:
                  app:
                    port: 9000
            """);
  }

  @Test
  void aRecipeInDetail() {
    assertThat(list("list_recipes_detailed").out())
        .contains(
            """

            nginx
              description:   Installs nginx
              version:       12.3.1
              dependencies:  apt (>= 2.9.1)
              attributes:    nginx/dir, nginx/gzip, nginx/logs, nginx/port, nginx/workers
              cookbook:      berks-cookbooks/nginx
            """,
            """

            acme_base
              description:   What every machine of Acme has
              version:       1.4.0
              dependencies:  ntp (~> 3.0)
              cookbook:      site-cookbooks/acme_base
            """);
  }

  @Test
  void pluginsSayWhatTheyAreFor() {
    KitchenBuilder kitchen =
        KitchenBuilder.in(directory)
            .executable("plugins/addresses", "#!/bin/sh", "", "# Notes each node's addresses", "x")
            .executable(
                "plugins/inventory.py",
                "#!/usr/bin/env python3",
                "# -*- coding: utf-8 -*-",
                "\"\"\"Writes the inventory\"\"\"",
                "import json")
            .file("plugins/old.py", "def execute(node):\n    pass\n")
            .file("plugins/README.md", "x");
    assertThat(FixCommand.in(kitchen).run("list_plugins"))
        .isEqualTo(
            new FixResult(
                0,
                """
                addresses     Notes each node's addresses
                inventory.py  Writes the inventory
                old.py        (no description)
                """,
                """
                Found 3 plugins
                plugins/old.py: warning: the plugin is not executable (chmod +x plugins/old.py; its first line says what runs it)
                """));
  }

  @Test
  void aBrokenFileIsAWarningAndHidesNothingElse() {
    KitchenBuilder kitchen =
        KitchenBuilder.in(directory)
            .nodeJson("a", "{")
            .node("b", "_default", "role[gone]", "recipe[x]")
            .node("c", "_default", "role[loop]")
            .node("d", "_default", "role[fine]", "role[broken]")
            .roleJson("loop", "{\"run_list\": [\"role[pool]\"]}")
            .roleJson("pool", "{\"run_list\": [\"role[loop]\", \"recipe[y]\"]}")
            .roleJson("broken", "[]")
            .role("fine", "recipe[z]")
            .environmentJson("odd", "{\"description\": 1}")
            .file("cookbooks/bad/metadata.json", "{");
    FixResult nodes = FixCommand.in(kitchen).run("list_nodes_detailed");
    assertThat(nodes.exit()).isZero();
    assertThat(nodes.out())
        .isEqualTo(
            """
            a  (not valid)
              Environment: _default

            b  (not valid)
              Environment: _default
              Run list:
                role[gone]  (does not exist)
                recipe[x]

            c  (not valid)
              Environment: _default
              Run list:
                role[loop]
                  role[pool]
                    role[loop]  (contains itself)
                    recipe[y]

            d  (not valid)
              Environment: _default
              Run list:
                role[fine]
                  recipe[z]
                role[broken]  (not valid)
            """);
    assertThat(nodes.err().lines())
        .hasSize(5)
        .anyMatch(line -> line.startsWith("nodes/a.json:1:"))
        .anyMatch(line -> line.contains("role \"gone\" does not exist"))
        .anyMatch(line -> line.contains("roles contain each other: loop -> pool -> loop"))
        .anyMatch(line -> line.startsWith("roles/broken.json:1:1: warning: "));
    for (String order : List.of("list_envs", "list_roles", "list_recipes")) {
      FixResult result = FixCommand.in(kitchen).run(order);
      assertThat(result.exit()).as(order).isZero();
      assertThat(result.err()).as(order).contains(": warning: ");
    }
    assertThat(FixCommand.in(kitchen).run("list_roles").out().lines()).hasSize(4);
  }

  @Test
  void aConfigurationThatIsNotValidHidesNothingEither() {
    KitchenBuilder kitchen =
        LittleChefKitchen.copyTo(directory).cfg("[kitchen]", "follow_symlinks = perhaps");
    for (String order : List.of("list_nodes_detailed", "list_recipes_detailed")) {
      FixResult result = FixCommand.in(kitchen).run(order);
      assertThat(result.exit()).as(order).isZero();
      assertThat(result.out()).as(order).contains("acme");
      assertThat(result.err())
          .as(order)
          .contains("littlechef.cfg:2:19: warning: follow_symlinks: expected yes or no");
    }
  }

  @Test
  void rolesOfAnyDepthAreDrawnEachOnce() {
    KitchenBuilder kitchen = KitchenBuilder.in(directory);
    int depth = 1_500;
    for (int i = 0; i < depth; i++) {
      // Each leads to the next over two ways: 2^1500 lines, if each were drawn.
      String next = "role[r" + (i + 1) + "]";
      kitchen.role("r" + i, next, next);
    }
    kitchen.role("r" + depth, "recipe[deepest]").node("n", "_default", "role[r0]");
    FixResult result = FixCommand.in(kitchen).run("list_nodes_detailed");
    assertThat(result.exit()).isZero();
    assertThat(result.out()).contains("recipe[deepest]", "role[r1500]  (see above)");
    assertThat(names(FixCommand.in(kitchen).run("list_nodes_with_recipe:deepest")))
        .containsExactly("n");
  }

  @Test
  void everyListIsJsonLinesToo() {
    LittleChefKitchen.copyTo(directory).executable("plugins/p", "#!/bin/sh", "# What");
    var fix = FixCommand.in(directory);
    List<JsonNode> nodes =
        fix.run("--output", "json", "list_nodes_detailed", "--env", "staging").events();
    assertThat(nodes).hasSize(1);
    assertThat(nodes.getFirst().at("/run_list/0").asString()).isEqualTo("role[web_server]");
    assertThat(nodes.getFirst().at("/attributes/acme/app/port").asInt()).isEqualTo(9000);
    assertThat(nodes.getFirst().at("/default/nginx/workers").asInt()).isEqualTo(4);
    assertThat(nodes.getFirst().at("/normal/nginx/workers").asInt()).isEqualTo(2);
    assertThat(nodes.getFirst().at("/override/acme/log_level").asString()).isEqualTo("debug");
    for (String order :
        List.of(
            "list_nodes",
            "list_nodes_with_role:base",
            "list_envs",
            "list_roles",
            "list_roles_detailed",
            "list_recipes",
            "list_recipes_detailed",
            "list_plugins")) {
      FixResult result = fix.run(order, "--output", "json");
      assertThat(result.err()).as(order).isEmpty();
      assertThat(result.events())
          .as(order)
          .isNotEmpty()
          .allMatch(line -> line.path("name").isString());
    }
    assertThat(fix.run("--list", "--output", "json").events())
        .allMatch(line -> line.path("order").isString() && line.path("description").isString());
  }

  @Test
  void theDocumentationShowsSuchALine() throws Exception {
    FixResult result =
        FixCommand.in(directory)
            .run(
                "--kitchen",
                Path.of("kitchen").toAbsolutePath().toString(),
                "list_nodes_with_tag:canary",
                "--output",
                "json");
    assertThat(Files.readAllLines(Path.of("docs/json-output.md"))).contains(result.out().strip());
  }

  @Test
  void ordersCombine() {
    FixResult result = list("list_envs", "list_roles");
    assertThat(result.out()).contains("staging     Where", "web_server  An application");
    assertThat(result.err()).isEqualTo("Found 3 environments\nFound 4 roles\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "list_nodes node:all|\"node:all\" cannot be combined with an order that lists",
        "list_nodes_with_role|\"list_nodes_with_role\" lacks a name",
        "list_nodes_with_tag:|\"list_nodes_with_tag:\" lacks a name",
        "list_nodes:x|list_nodes takes nothing behind it",
        "list_node|did you mean \"fix list_nodes\"?",
        "list_nodes --env prod|environment \"prod\" does not exist",
      })
  void misuse(String words, String message) {
    FixResult result = list(words.split(" ", -1));
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-l", "--list"})
  void allOrders(String option) {
    FixResult result = FixCommand.in(directory).run(option);
    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .contains("node:all ", "nodes_with_tag:T ", "list_nodes_with_role:R ", "new_kitchen ");
    for (InventoryOrder order : InventoryOrder.values()) {
      assertThat(result.out()).contains(order.form() + "  ");
    }
    String help = FixCommand.in(directory).run("--help").out();
    assertThat(OrderList.running()).allMatch(order -> help.contains("  " + order + "  "));
  }

  @Test
  void theVersionInShort() {
    assertThat(FixCommand.in(directory).run("-v"))
        .isEqualTo(FixCommand.in(directory).run("--version"))
        .satisfies(result -> assertThat(result.out()).startsWith("fix "));
  }

  @Test
  void aHookMayLook() {
    LittleChefKitchen.copyTo(directory);
    FixResult result =
        FixCommand.in(directory)
            .with("FIX_RUN_ID", "x")
            .with("FIX_KITCHEN", directory.toString())
            .run("list_nodes");
    assertThat(result.exit()).isZero();
  }

  @Test
  void colourIsForTerminalsAndControlCharactersAreForNobody() throws Exception {
    KitchenBuilder kitchen =
        KitchenBuilder.in(directory).nodeJson("a", "{\"motd\": \"x\\u001b[2Jy\\nz\"}");
    assertThat(FixCommand.in(kitchen).run("list_nodes", "--no-color").out())
        .contains("motd: xy z")
        .doesNotContain("\u001b");
    Files.delete(directory.resolve("nodes/a.json"));
  }
}
