package dev.kitchenhooks.kitchen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Broken nodes, roles and environments, with all that is said of each, word for word. */
class BrokenKitchenTest {
  @TempDir Path dir;

  /**
   * @param name of the case
   * @param breaking what makes a sound kitchen a broken one
   * @param said every problem of a run of node "a", errors or else warnings
   */
  record Broken(String name, UnaryOperator<KitchenBuilder> breaking, List<String> said) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Broken broken(
      String name, UnaryOperator<KitchenBuilder> breaking, String... said) {
    return new Broken(name, breaking, List.of(said));
  }

  private static Broken node(String name, String json, String... said) {
    return broken(name, kitchen -> kitchen.nodeJson("a", json), said);
  }

  static Stream<Broken> errors() {
    return Stream.of(brokenNodes(), brokenRoles(), brokenEnvironments()).flatMap(s -> s);
  }

  private static Stream<Broken> brokenNodes() {
    return Stream.of(
        node(
            "empty file",
            "",
            "nodes/a.json:1:1: error: the file is empty; a JSON object was expected"),
        node(
            "cut off",
            "{\"run_list\": [",
            "nodes/a.json:1:15: error: not valid JSON: the text ends before all that it opens is"
                + " closed"),
        node(
            "stray brace",
            "{\n  }}",
            "nodes/a.json:2:4: error: not valid JSON: Unexpected close marker '}': no open Object to"
                + " close"),
        node(
            "text after the end",
            "{}\n{}",
            "nodes/a.json:2:1: error: text after the end of the JSON value"),
        node(
            "comma missing",
            "{\"tags\": []\n \"dummy\": true}",
            "nodes/a.json:2:2: error: not valid JSON: Unexpected character ('\"' (code 34)): was"
                + " expecting comma to separate Object entries"),
        node(
            "numbers out of range",
            "{\"x\": 1e-99999999999}",
            "nodes/a.json:1:7: error: not valid JSON: a number out of range"),
        node(
            "numbers that take for ever",
            "{\"x\": 1.5e999999}",
            "nodes/a.json:1:7: error: not valid JSON: a number out of range"),
        node("a list", "[]", "nodes/a.json:1:1: error: the file must hold an object, not a list"),
        node(
            "duplicate keys",
            "{\n  \"tags\": [],\n  \"dummy\": true,\n  \"tags\": [\"x\"],\n  \"dummy\": false\n}",
            "nodes/a.json:4:3: error: duplicate key \"tags\"; it stands first at 2:3",
            "nodes/a.json:5:3: error: duplicate key \"dummy\"; it stands first at 3:3"),
        node(
            "wrong types, all at once",
            """
            {
              "chef_environment": 7,
              "run_list": "role[web]",
              "tags": ["a", 1, null],
              "dummy": "yes",
              "platform": {"name": "debian"},
              "normal": [],
              "name": false
            }
            """,
            "nodes/a.json:2:23: error: \"chef_environment\" must be a string, not a number",
            "nodes/a.json:3:15: error: \"run_list\" must be a list of strings, not a string",
            "nodes/a.json:4:17: error: \"tags[1]\" must be a string, not a number",
            "nodes/a.json:4:20: error: \"tags[2]\" must be a string, not null",
            "nodes/a.json:5:12: error: \"dummy\" must be true or false, not a string",
            "nodes/a.json:6:15: error: \"platform\" must be a string, not an object",
            "nodes/a.json:7:13: error: \"normal\" must be an object, not a list",
            "nodes/a.json:8:11: error: \"name\" must be a string, not false"),
        node(
            "nested wrong types",
            """
            {"normal": {"tags": {"a": 1}}, "automatic": {"platform": ["debian"]}}
            """,
            "nodes/a.json:1:21: error: \"normal.tags\" must be a list of strings, not an object",
            "nodes/a.json:1:58: error: \"automatic.platform\" must be a string, not a list"),
        node(
            "not run list entries",
            """
            {"run_list": [
              "roles[web]",
              "role[]",
              "recipe[nginx@latest]",
              "role[web",
              "",
              ["role[web]"],
              "recipe[nginx]"
            ]}
            """,
            entryError("2:3", "roles[web]"),
            entryError("3:3", "role[]"),
            entryError("4:3", "recipe[nginx@latest]"),
            entryError("5:3", "role[web"),
            entryError("6:3", ""),
            "nodes/a.json:7:3: error: \"run_list[5]\" must be a string, not a list"),
        node(
            "unknown role",
            "{\"run_list\": [\"role[base]\",\n  \"role[wbe]\"]}",
            "nodes/a.json:2:3: error: role \"wbe\" does not exist (did you mean \"web\"?)"),
        node(
            "unknown role, nothing near",
            "{\"run_list\": [\"role[kubernetes]\", \"role[kubernetes]\"]}",
            "nodes/a.json:1:15: error: role \"kubernetes\" does not exist"),
        node(
            "role without its folder",
            "{\"run_list\": [\"role[primary]\"]}",
            "nodes/a.json:1:15: error: role \"primary\" does not exist (did you mean"
                + " \"db/primary\"?)"),
        node(
            "role outside the kitchen",
            "{\"run_list\": [\"role[../nodes/a]\"]}",
            "nodes/a.json:1:15: error: role \"../nodes/a\" does not exist"),
        node(
            "control characters",
            "{\"run_list\": [\"role[\\u001b[31m]\", \"role[\\u0007x]\"]}",
            entryError("1:15", "role[\\u001B[31m]"),
            "nodes/a.json:1:35: error: role \"\\u0007x\" does not exist"),
        node(
            "unknown environment",
            "{\n  \"chef_environment\": \"stagin\"}",
            "nodes/a.json:2:23: error: environment \"stagin\" does not exist (did you mean"
                + " \"staging\"?)"),
        node(
            "environment and role",
            "{\"chef_environment\": \"x\", \"run_list\": [\"role[y]\"]}",
            "nodes/a.json:1:22: error: environment \"x\" does not exist",
            "nodes/a.json:1:40: error: role \"y\" does not exist"),
        broken(
            "not UTF-8",
            kitchen -> kitchen.bytes("nodes/a.json", latin1("{\n\"x\": \"\u00e9\"}")),
            "nodes/a.json:2:7: error: byte 0xe9 is not UTF-8"),
        broken(
            "cut off inside a character",
            kitchen -> kitchen.bytes("nodes/a.json", latin1("{} \u00e2\u0082")),
            "nodes/a.json:1:4: error: byte 0xe2 is not UTF-8"),
        broken(
            "a directory",
            kitchen -> kitchen.file("nodes/a.json/x", ""),
            "nodes/a.json: error: not a regular file"),
        broken(
            "too large",
            kitchen -> kitchen.bytes("nodes/a.json", new byte[(16 << 20) + 1]),
            "nodes/a.json: error: larger than 16 MB"),
        broken(
            "too deep",
            kitchen -> kitchen.nodeJson("a", "{\"x\": " + "[".repeat(300) + "]".repeat(300) + "}"),
            "nodes/a.json:1:206: error: not valid JSON: nested deeper than 200 levels"));
  }

  private static Stream<Broken> brokenRoles() {
    UnaryOperator<KitchenBuilder> web = kitchen -> kitchen.node("a", "_default", "role[web]");
    return Stream.of(
        broken(
            "role is not JSON",
            kitchen -> web.apply(kitchen).roleJson("web", "{\n\"run_list\": [},"),
            "roles/web.json:2:14: error: not valid JSON: Unexpected close marker '}': expected"
                + " ']'"),
        broken(
            "role of wrong types",
            kitchen ->
                web.apply(kitchen)
                    .roleJson(
                        "web",
                        """
                        {"run_list": {},
                         "env_run_lists": {"staging": "x", "a/b": ["role[x", 2]}}
                        """),
            "roles/web.json:1:14: error: \"run_list\" must be a list of strings, not an object",
            "roles/web.json:2:31: error: \"env_run_lists.staging\" must be a list of strings, not a"
                + " string",
            "roles/web.json:2:44: error: \"role[x\" is not a run list entry (" + FORMS + ")",
            "roles/web.json:2:54: error: \"env_run_lists.a/b[1]\" must be a string, not a number"),
        broken(
            "nested role does not exist",
            kitchen ->
                web.apply(kitchen)
                    .role("web", "recipe[nginx]", "role[bse]")
                    .role("base", "role[nothing]"),
            "roles/web.json:5:5: error: role \"bse\" does not exist (did you mean \"base\"?)"),
        broken(
            "cycle",
            kitchen ->
                web.apply(kitchen)
                    .role("web", "role[middle]")
                    .role("middle", "recipe[x]", "role[inner]")
                    .role("inner", "role[middle]"),
            "roles/middle.json:5:5: error: roles contain each other: inner -> middle -> inner"
                + " (remove one of these entries)"),
        broken(
            "a role in itself",
            kitchen -> web.apply(kitchen).role("web", "role[web]"),
            "roles/web.json:4:5: error: roles contain each other: web -> web (remove one of these"
                + " entries)"),
        broken(
            "several roles",
            kitchen ->
                web.apply(kitchen)
                    .role("web", "role[base]", "role[gone]")
                    .roleJson("base", "{\"name\": 3}"),
            "roles/base.json:1:10: error: \"name\" must be a string, not a number",
            "roles/web.json:5:5: error: role \"gone\" does not exist"));
  }

  private static Stream<Broken> brokenEnvironments() {
    UnaryOperator<KitchenBuilder> staging = kitchen -> kitchen.node("a", "staging");
    return Stream.of(
        broken(
            "environment is no object",
            kitchen -> staging.apply(kitchen).environmentJson("staging", "\"staging\""),
            "environments/staging.json:1:1: error: the file must hold an object, not a string"),
        broken(
            "environment is not JSON",
            kitchen -> staging.apply(kitchen).environmentJson("staging", "{'name': 1}"),
            "environments/staging.json:1:2: error: not valid JSON: Unexpected character (''' (code"
                + " 39)): was expecting double-quote to start property name"));
  }

  static Stream<Broken> warnings() {
    return Stream.of(
        node(
            "other name",
            "{\n  \"name\": \"b\"\n}",
            "nodes/a.json:2:11: warning: the node is called \"b\" here (its file's name counts:"
                + " \"a\")"),
        broken(
            "other name of a role and of an environment",
            kitchen ->
                kitchen
                    .node("a", "staging", "role[db/primary]", "role[web]")
                    .roleJson("db/primary", "{\"name\": \"primary\"}")
                    .roleJson("web", "{\"name\": \"www\"}")
                    .environmentJson("staging", "{\"name\": \"Staging\"}"),
            "environments/staging.json:1:10: warning: the environment is called \"Staging\" here"
                + " (its file's name counts: \"staging\")",
            "roles/web.json:1:10: warning: the role is called \"www\" here (its file's name counts:"
                + " \"web\")"),
        broken(
            "role in Ruby",
            kitchen ->
                kitchen
                    .node("a", "_default", "role[legacy]", "role[web]")
                    .role("web", "role[legacy]")
                    .file("roles/legacy.rb", "name 'legacy'\n"),
            "roles/legacy.rb: warning: a role in Ruby is not read: orders and filters do not see"
                + " what it contains (write it as JSON, roles/legacy.json)"));
  }

  @ParameterizedTest
  @MethodSource
  void errors(Broken broken) {
    Kitchen kitchen = build(broken);
    var e = catchThrowableOfType(FixException.class, () -> select(kitchen));
    assertThat(e).hasMessage("\"node:a\" needs files that are not valid");
    assertThat(e.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(e.problems()).extracting(Problem::format).containsExactlyElementsOf(broken.said());
  }

  @ParameterizedTest
  @MethodSource
  void warnings(Broken broken) {
    assertThat(select(build(broken)).warnings())
        .extracting(Problem::format)
        .containsExactlyElementsOf(broken.said());
  }

  private Kitchen build(Broken broken) {
    KitchenBuilder sound =
        KitchenBuilder.in(dir).environment("staging").role("base").role("db/primary");
    if (!broken.name().equals("a directory")) {
      sound.node("a");
    }
    // Cases that are not about this role may do without it, others replace it.
    sound.role("web");
    return Kitchen.open(broken.breaking().apply(sound).directory());
  }

  private static Selection select(Kitchen kitchen) {
    return kitchen.select(Orders.parse(List.of("node:a")), Optional.empty());
  }

  private static final String FORMS =
      "write \"role[NAME]\", \"recipe[NAME]\" or \"recipe[NAME@1.2.3]\"";

  private static String entryError(String place, String entry) {
    return "nodes/a.json:%s: error: \"%s\" is not a run list entry (%s)"
        .formatted(place, entry, FORMS);
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
