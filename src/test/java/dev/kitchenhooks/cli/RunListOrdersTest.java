package dev.kitchenhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import dev.kitchenhooks.testkit.NodeFarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code recipe:R} and {@code role:R}: another run list, for one run. */
class RunListOrdersTest {
  private static final String ONE = NodeFarm.name(1);

  @TempDir Path scratch;

  private KitchenBuilder kitchen(NodeFarm farm) {
    return kitchen("ssh-config = " + farm.access().sshConfig());
  }

  private KitchenBuilder kitchen(String sshConfig) {
    return KitchenBuilder.in(scratch)
        .cfg("[userinfo]", sshConfig, "[kitchen]", "node_work_path = work")
        .environment("staging")
        .cookbook("nginx")
        .cookbook("php")
        .role("web", "recipe[nginx]")
        .role("base/db", "recipe[php]")
        .node(ONE, "staging", "role[web]")
        .node(NodeFarm.name(2), "production", "role[web]")
        .environment("production");
  }

  @Test
  void aRecipeAndARoleReplaceTheRunListOnTheNodeAndNowhereElse() throws Exception {
    try (NodeFarm farm = NodeFarm.start(2)) {
      KitchenBuilder kitchen = kitchen(farm);
      Path file = kitchen.directory().resolve("nodes/" + ONE + ".json");
      String before = Files.readString(file);
      FixResult result =
          FixCommand.in(kitchen)
              .run("--env", "staging", "nodes_with_role:w*", "recipe:php", "role:base/db");
      assertThat(result.exit()).as(result.out() + result.err()).isZero();
      assertThat(result.out())
          .contains("only recipe[php], role[base/db]")
          .contains(ONE + " |   * recipe[php]", ONE + " |   * role[base/db]", "1 deployed")
          .doesNotContain("* role[web]", NodeFarm.name(2));
      assertThat(Files.readString(file)).isEqualTo(before);

      FixResult after = FixCommand.in(kitchen).run("node:" + ONE);
      assertThat(after.out()).contains("* role[web]").doesNotContain("php", "base/db");
    }
  }

  @Test
  void hooksSeeTheNodeAsItIsAndTheOrderAsItWasGiven() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1)) {
      KitchenBuilder kitchen =
          kitchen(farm)
              .script("note", "echo \"$FIX_ROLES $FIX_COMMAND\" >told")
              .hookDef(
                  "note.json",
                  """
                  {"name": "note", "type": "node_predeployhook", "exec": "note",
                   "filters": {"roles": ["web"]}}
                  """);
      FixResult result = FixCommand.in(kitchen).run("node:" + ONE, "recipe:php");
      assertThat(result.exit()).as(result.out() + result.err()).isZero();
      assertThat(kitchen.directory().resolve("told")).hasContent("web node:" + ONE + " recipe:php");
      FixResult status = FixCommand.in(kitchen).run("status");
      assertThat(status.out()).contains("node:" + ONE + " recipe:php");
    }
  }

  @Test
  void howChefIsRunIsShownAndSaid() throws Exception {
    try (NodeFarm farm = NodeFarm.start(1)) {
      KitchenBuilder kitchen = kitchen(farm);
      FixResult result =
          FixCommand.in(kitchen)
              .run("-V", "-d", "--no-report", "node:" + ONE, "recipe:php", "role:web");
      assertThat(result.exit()).as(result.out() + result.err()).isZero();
      assertThat(result.out())
          .contains(
              ONE + " | fix: revision ",
              ONE
                  + " | fix: as root: chef-solo -c solo.rb -j node.json -l debug --force-logger"
                  + " --no-color -o 'recipe[php],role[web]'");
      assertThat(farm.node(1).file("work/solo.log")).doesNotExist();
      // node.json stays, and nothing of it is secret.
      assertThat(farm.node(1).file("work/node.json")).exists();
      assertThat(FixCommand.in(kitchen).run("status").out())
          .contains("--no-report --verbose --debug node:" + ONE + " recipe:php role:web");

      FixCommand.in(kitchen).run("node:" + ONE);
      assertThat(farm.node(1).file("work/solo.log")).exists();
    }
  }

  @Test
  void aFailedRunIsGoneOnWithByTheSameRunList() throws Exception {
    try (NodeFarm farm = NodeFarm.start(2)) {
      farm.node(1).chefExits(3);
      FixResult result =
          FixCommand.in(kitchen(farm)).run("node:" + ONE + "," + NodeFarm.name(2), "recipe:php");
      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.out() + result.err()).contains("recipe:php");
      assertThat(result.out()).doesNotContain("fix node:" + ONE + "\n");
    }
  }

  @Test
  void thePlanShowsIt() throws IOException {
    FixResult plan =
        FixCommand.in(kitchen("user = x")).run("plan", "node:" + ONE, "recipe:php,nginx::default");
    assertThat(plan.exit()).isZero();
    assertThat(plan.out())
        .contains(
            "Plan of: fix node:" + ONE + " recipe:php,nginx::default",
            "  deploy converge over SSH with run list recipe[php], recipe[nginx::default]");
  }

  @Test
  void aRoleThatDoesNotExistIsNamedAndNothingRuns() throws IOException {
    FixResult result = FixCommand.in(kitchen("user = x")).run("node:" + ONE, "role:wbe");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo("fix: role \"wbe\" does not exist\n  -> did you mean \"web\"?\n");
  }

  @Test
  void allThatDoesNotExistIsNamedAtOnce() throws IOException {
    FixResult result =
        FixCommand.in(kitchen("user = x"))
            .run("node:" + ONE, "recipe:nginxx,php::fmp,php", "role:db");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            """
            fix: the orders are not valid
              error: recipe "nginxx" does not exist (did you mean "nginx"?)
              error: recipe "php::fmp" does not exist
              error: role "db" does not exist (did you mean "base/db"?)
            """);
  }

  @Test
  void aRecipeMayComeByVendoring() throws IOException {
    KitchenBuilder kitchen =
        kitchen("user = x")
            .cfg("[kitchen]", "berksfile = Berksfile", "berksfile_cookbooks_directory = berks");
    FixResult plan = FixCommand.in(kitchen).run("plan", "node:" + ONE, "recipe:apt");
    assertThat(plan.exit()).as(plan.err()).isZero();
  }

  @Test
  void aCommandOfTheKitchensOwnKnowsItsOwnRunList() throws IOException {
    KitchenBuilder kitchen = kitchen("user = x").cfg("[kitchen]", "converge_command = converge");
    FixResult result = FixCommand.in(kitchen).run("node:" + ONE, "recipe:php");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            """
            fix: recipe[php] cannot be asked of [kitchen] converge_command: it knows its own run list
              -> leave out recipe: and role:, or converge_command
            """);
  }

  @Test
  void wrapTakesNone() throws IOException {
    FixResult result =
        FixCommand.in(kitchen("user = x")).run("wrap", "node:" + ONE, "recipe:php", "--", "true");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .startsWith("fix: fix wrap does what stands after --, and nothing else to the nodes");
  }
}
