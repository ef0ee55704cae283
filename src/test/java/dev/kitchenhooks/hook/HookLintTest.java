package dev.kitchenhooks.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.kitchen.NodeFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HookLintTest {
  private static final String UNUSED =
      "littlechef.cfg: warning: the phase \"promote\" is declared, but no hook uses it";
  private static final String NEVER = "the hook never runs";

  @TempDir Path dir;
  private TestKitchen kitchen;

  @BeforeEach
  void makeKitchen() throws IOException {
    kitchen = new TestKitchen(dir);
    kitchen.script("x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"roles\": [\"web\"]                            | ''",
        "\"roles\": [\"wbe\"]                            | 26 the kitchen has no role \"wbe\" (did you mean \"web\"?)",
        "\"roles\": [\"!wbe\"]                           | 26 the kitchen has no role \"wbe\" (did you mean \"web\"?)",
        "\"roles\": [\"web\", \"nope\"]                  | 33 the kitchen has no role \"nope\"",
        "\"roles\": [\"web*\"]                           | ''",
        "\"roles\": [\"x*\"]                             | 25 \"filters.roles\" matches no node of the kitchen: the hook never runs",
        "\"roles\": [\"spare\"]                          | 25 \"filters.roles\" matches no node of the kitchen: the hook never runs",
        "\"chef_environment\": [\"_default\", \"qa\"]    | ''",
        "\"chef_environment\": [\"stagin\"]              | 37 the kitchen has no environment \"stagin\" (did you mean \"staging\"?)",
        "\"chef_environment\": [\"qa\"]                  | 36 \"filters.chef_environment\" matches no node of the kitchen: the hook never runs",
        "\"nodes\": [\"web1\"]                           | ''",
        "\"nodes\": [\"web7\"]                           | 26 the kitchen has no node \"web7\" (did you mean \"web1\"?)",
        "\"nodes\": [\"dummy\"]                          | 25 \"filters.nodes\" matches no node of the kitchen: the hook never runs",
        "\"tags\": [\"old\"]                             | 24 \"filters.tags\" matches no node of the kitchen: the hook never runs",
        "\"roles\": [\"web\"], \"tags\": [\"db-only\"]   | 14 no node of the kitchen matches all of these filters: the hook never runs",
        "\"commands\": [\"wrap\"]                        | ''",
        "\"commands\": [\"!wrap\", \"!fix\"]            | 28 \"filters.commands\" takes out again all that it lets in: the hook never runs",
        "\"roles\": [\"web\", \"!w*\"]                  | 25 \"filters.roles\" takes out again all that it lets in: the hook never runs",
        "\"tags\": [\"canari\"]                          | 24 \"filters.tags\" matches no node of the kitchen: the hook never runs (did you mean \"canary\"?)",
      })
  void filtersAreHeldBesideTheKitchen(String filters, String expected) throws IOException {
    kitchen.definition(
        "a.json",
        """
        {
          "name": "a", "type": ["node_predeployhook", "node_prepromotehook"], "exec": "x",
          "filters": { %s }
        }
        """
            .formatted(filters));
    List<String> lines = lint();
    if (expected.isEmpty()) {
      assertThat(lines).isEmpty();
    } else {
      assertThat(lines).containsExactly(warning(expected));
    }
  }

  private static String warning(String expected) {
    String[] columnAndMessage = expected.split(" ", 2);
    return "hook-defs/a.json:3:%s: warning: %s".formatted(columnAndMessage[0], columnAndMessage[1]);
  }

  @Test
  void theProposalsSpellingIsLintedToo() throws IOException {
    kitchen.definition("a.json", Cases.text("proposal.json").replace("staging", "stagin"));
    assertThat(lint())
        .contains(
            "hook-defs/a.json:5:23: warning: the kitchen has no environment \"stagin\""
                + " (did you mean \"staging\"?)",
            "hook-defs/a.json:7:9: error: /usr/bin/somehook does not exist");
  }

  @Test
  void aDeclaredPhaseThatNoHookUsesIsNamed() throws IOException {
    assertThat(lint()).containsExactly("hooks/x: note: no definition uses this program", UNUSED);
    kitchen.definition("a.json", "{\"name\": \"a\", \"type\": \"user\", \"exec\": \"x\"}");
    assertThat(lint()).containsExactly(UNUSED);
  }

  @Test
  void everythingIsToldAtOnce() throws IOException {
    kitchen.definition("a.json", "{}");
    kitchen.definition(
        "b.json",
        "{\"name\": \"b\", \"type\": \"node_predeployhook\", \"exec\": \"y\","
            + " \"filters\": {\"roles\": [\"wbe\"]}}");
    List<String> lines = lint();
    assertThat(lines).hasSize(5);
    assertThat(lines.get(3)).contains("hooks/y does not exist");
    assertThat(lines.get(4)).contains("no role \"wbe\"").doesNotContain(NEVER);
  }

  @Test
  void aKitchenWithoutNodesSaysNothingOfNodesThatDoNotMatch() throws IOException {
    kitchen.definition(
        "a.json",
        "{\"name\": \"a\", \"type\": \"node_prepromotehook\", \"exec\": \"x\","
            + " \"filters\": {\"tags\": [\"t\"]}}");
    var empty = new KitchenNames(Set.of(), Set.of(), List.of());
    assertThat(HookLint.lint(dir, kitchen.load(), empty, TestKitchen.CONFIG)).isEmpty();
  }

  private List<String> lint() {
    var names =
        new KitchenNames(
            Set.of("web", "db", "spare"),
            Set.of("staging", "qa"),
            List.of(
                node("web1", "staging", "web", "canary", false),
                node("db1", "_default", "db", "db-only", false),
                node("dummy", "staging", "web", "", true)));
    return TestKitchen.lines(HookLint.lint(dir, kitchen.load(), names, TestKitchen.CONFIG));
  }

  private static NodeFacts node(
      String fqdn, String environment, String role, String tag, boolean dummy) {
    return new NodeFacts(
        fqdn,
        environment,
        TestKitchen.set(role),
        TestKitchen.set(),
        TestKitchen.set(tag),
        Optional.empty(),
        dummy,
        List.of());
  }
}
