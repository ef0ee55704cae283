package dev.kitchenhooks.kitchen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectionTest {
  @TempDir Path dir;
  private KitchenBuilder kitchen;

  @BeforeEach
  void fleet() {
    kitchen =
        KitchenBuilder.in(dir)
            .environment("production")
            .environment("staging")
            .role("base", "recipe[ntp]", "users::admins")
            .role("web", "role[base]", "recipe[nginx::default@1.2.3]")
            .role("db/primary", "role[base]", "recipe[postgresql]")
            .node("web1.example.com", "production", "role[web]")
            .node("web2.example.com", "staging", "role[web]")
            .node("db1.example.com", "production", "role[db/primary]")
            .nodeJson(
                "old.example.com",
                """
                {"run_list": ["ntp"], "tags": ["retired"], "dummy": true, "platform": "ubuntu"}
                """)
            .nodeJson(
                "web1.example.com-b",
                """
                {"normal": {"tags": ["canary", "dummy"]}, "automatic": {"platform": "debian"}}
                """);
  }

  private List<String> select(String... words) {
    return names(selection(Optional.empty(), words));
  }

  private Selection selection(Optional<String> environment, String... words) {
    return Kitchen.open(dir).select(Orders.parse(List.of(words)), environment);
  }

  private static List<String> names(Selection selection) {
    return selection.nodes().stream().map(NodeFacts::fqdn).toList();
  }

  private FixException refused(Optional<String> environment, String... words) {
    var e = catchThrowableOfType(FixException.class, () -> selection(environment, words));
    assertThat(e.exitCode()).isEqualTo(ExitCode.INVALID);
    return e;
  }

  @Test
  void namedNodesComeAsNamedAndOnce() {
    assertThat(select("node:web2.example.com,db1.example.com", "node:web2.example.com"))
        .containsExactly("web2.example.com", "db1.example.com");
  }

  @Test
  void allNodesComeInOrderOfTheirFileNames() {
    // "-" sorts before "." and so before ".json", though "a" alone sorts before "a-b".
    assertThat(select("node:all"))
        .containsExactly(
            "db1.example.com",
            "old.example.com",
            "web1.example.com-b",
            "web1.example.com",
            "web2.example.com");
  }

  @Test
  void severalOrdersAreAUnionInOrderOfFirstSight() {
    assertThat(select("node:web2.example.com", "nodes_with_role:base", "node:all"))
        .containsExactly(
            "web2.example.com",
            "db1.example.com",
            "web1.example.com",
            "old.example.com",
            "web1.example.com-b");
  }

  @Test
  void propertiesIncludeWhatRolesBring() {
    assertThat(select("nodes_with_role:base"))
        .containsExactly("db1.example.com", "web1.example.com", "web2.example.com");
    assertThat(select("nodes_with_role:db/primary")).containsExactly("db1.example.com");
    assertThat(select("nodes_with_role:db*,we*"))
        .containsExactly("db1.example.com", "web1.example.com", "web2.example.com");
    assertThat(select("nodes_with_recipe:nginx"))
        .containsExactly("web1.example.com", "web2.example.com");
    assertThat(select("nodes_with_recipe:nginx::default"))
        .containsExactly("web1.example.com", "web2.example.com");
    assertThat(select("nodes_with_recipe:users*")).hasSize(3);
    assertThat(select("nodes_with_recipe:ntp")).hasSize(4);
    assertThat(select("nodes_with_tag:canary")).containsExactly("web1.example.com-b");
    assertThat(select("node:*.example.com")).hasSize(4);
  }

  @Test
  void theEnvironmentRestrictsAllButNames() {
    var production = Optional.of("production");
    assertThat(names(selection(production, "node:all")))
        .containsExactly("db1.example.com", "web1.example.com");
    assertThat(names(selection(production, "nodes_with_role:web")))
        .containsExactly("web1.example.com");
    assertThat(names(selection(production, "node:web2.example.com")))
        .containsExactly("web2.example.com");
    assertThat(names(selection(production, "node:web2*"))).containsExactly("web2.example.com");
    assertThat(names(selection(Optional.of("_default"), "node:all")))
        .containsExactly("old.example.com", "web1.example.com-b");
  }

  @Test
  void factsAreExpanded() {
    NodeFacts web = selection(Optional.empty(), "node:web1.example.com").nodes().getFirst();
    assertThat(web.roles()).containsExactly("base", "web");
    assertThat(web.recipes()).containsExactly("nginx", "ntp", "users::admins");
    assertThat(web.environment()).isEqualTo("production");
    assertThat(web.runList()).containsExactly("role[web]");
    assertThat(web.dummy()).isFalse();
    List<NodeFacts> dummies =
        selection(Optional.empty(), "node:old.example.com,web1.example.com-b").nodes();
    assertThat(dummies).allMatch(NodeFacts::dummy);
    assertThat(dummies).extracting(NodeFacts::environment).containsOnly("_default");
    assertThat(dummies)
        .extracting(n -> n.platform().orElse(""))
        .containsExactly("ubuntu", "debian");
    assertThat(dummies.get(1).tags()).containsExactly("canary", "dummy");
  }

  @Test
  void everyNameThatDoesNotExistIsSaid() {
    FixException one = refused(Optional.empty(), "node:web1.exmaple.com");
    assertThat(one).hasMessage("node \"web1.exmaple.com\" does not exist");
    assertThat(one.hint()).isEqualTo("did you mean \"web1.example.com\"?");
    assertThat(refused(Optional.empty(), "node:web2").hint())
        .isEqualTo("nodes go by their full name: web2.example.com");
    FixException several = refused(Optional.empty(), "node:nope,db1,x*", "node:nope");
    assertThat(several).hasMessage("the orders are not valid");
    assertThat(several.problems())
        .extracting(Problem::format)
        .containsExactly(
            "error: node \"db1\" does not exist (nodes go by their full name: db1.example.com)",
            "error: node \"nope\" does not exist",
            "error: node \"x*\" does not exist");
  }

  @Test
  void anUnknownEnvironmentIsRefusedEvenWhereItWouldNotMatter() {
    FixException e = refused(Optional.of("stagin"), "node:web1.example.com");
    assertThat(e).hasMessage("environment \"stagin\" does not exist");
    assertThat(e.hint()).isEqualTo("did you mean \"staging\"?");
  }

  @Test
  void aPropertyThatNobodyHasIsAWarning() {
    Selection none = selection(Optional.empty(), "nodes_with_role:wbe");
    assertThat(none.nodes()).isEmpty();
    assertThat(none.warnings())
        .extracting(Problem::format)
        .containsExactly("warning: no node has the role \"wbe\" (did you mean \"web\"?)");
    assertThat(selection(Optional.of("staging"), "nodes_with_recipe:postgresql").warnings())
        .extracting(Problem::format)
        .containsExactly(
            "warning: no node of environment \"staging\" has the recipe \"postgresql\"");
  }

  @Test
  void aBrokenFileStopsOnlyRunsThatAskForItsNode() {
    kitchen.nodeJson("bad.example.com", "{").node("worse.example.com", "staging", "role[gone]");
    assertThat(selection(Optional.empty(), "node:web1.example.com").warnings()).isEmpty();
    Selection webs = selection(Optional.empty(), "nodes_with_role:web");
    assertThat(names(webs)).containsExactly("web1.example.com", "web2.example.com");
    assertThat(webs.warnings())
        .extracting(Problem::format)
        .containsExactly(
            "nodes/bad.example.com.json:1:2: warning: left out: bad.example.com: not valid JSON:"
                + " the text ends before all that it opens is closed",
            "nodes/worse.example.com.json:4:5: warning: left out: worse.example.com:"
                + " role \"gone\" does not exist");
    FixException all = refused(Optional.empty(), "node:all");
    assertThat(all).hasMessage("\"node:all\" needs files that are not valid");
    assertThat(all.problems()).hasSize(2);
    assertThat(refused(Optional.empty(), "node:worse.example.com").problems()).hasSize(1);
    // Of the first it cannot be known that it is not in production; of the second it can.
    assertThat(selection(Optional.of("production"), "node:all").warnings()).hasSize(1);
    assertThat(refused(Optional.of("staging"), "node:all").problems()).hasSize(1);
  }

  @Test
  void manyNodesBehindOneBrokenRoleAreOneWarning() {
    kitchen.roleJson("broken", "[]");
    for (int i = 0; i < 9; i++) {
      kitchen.node("n" + i, "_default", "role[broken]");
    }
    assertThat(selection(Optional.empty(), "nodes_with_tag:retired").warnings())
        .extracting(Problem::format)
        .containsExactly(
            "roles/broken.json:1:1: warning: left out: n0, n1, n2, n3, n4 and 4 more:"
                + " the file must hold an object, not a list");
  }

  @Test
  void whatIsNoNodeFileIsIgnored() {
    kitchen
        .file("nodes/README", "not a node")
        .file("nodes/.old.json", "{")
        .file("nodes/web1.example.com.json~", "{");
    assertThat(Kitchen.open(dir).nodeNames()).hasSize(5);
    assertThat(select("node:all")).hasSize(5);
  }
}
