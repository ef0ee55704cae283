package dev.kitchenhooks.kitchen;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Node files with a fault, and what is said of each. */
final class BrokenNodes {
  private static final String FORMS =
      "write \"role[NAME]\", \"recipe[NAME]\" or \"recipe[NAME@1.2.3]\"";

  private BrokenNodes() {}

  static Stream<Broken> all() {
    return Stream.of(
        Broken.node(
            "empty file",
            "",
            "nodes/a.json:1:1: error: the file is empty; a JSON object was expected"),
        Broken.node(
            "cut off",
            "{\"run_list\": [",
            "nodes/a.json:1:15: error: not valid JSON: the text ends before all that it opens is"
                + " closed"),
        Broken.node(
            "stray brace",
            "{\n  }}",
            "nodes/a.json:2:4: error: not valid JSON: Unexpected close marker '}': no open Object to"
                + " close"),
        Broken.node(
            "text after the end",
            "{}\n{}",
            "nodes/a.json:2:1: error: text after the end of the JSON value"),
        Broken.node(
            "comma missing",
            "{\"tags\": []\n \"dummy\": true}",
            "nodes/a.json:2:2: error: not valid JSON: Unexpected character ('\"' (code 34)): was"
                + " expecting comma to separate Object entries"),
        Broken.node(
            "numbers out of range",
            "{\"x\": 1e-99999999999}",
            "nodes/a.json:1:7: error: not valid JSON: a number out of range"),
        Broken.node(
            "numbers that take for ever",
            "{\"x\": 1.5e999999}",
            "nodes/a.json:1:7: error: not valid JSON: a number out of range"),
        Broken.node(
            "a list", "[]", "nodes/a.json:1:1: error: the file must hold an object, not a list"),
        Broken.node(
            "duplicate keys",
            "{\n  \"tags\": [],\n  \"dummy\": true,\n  \"tags\": [\"x\"],\n  \"dummy\": false\n}",
            "nodes/a.json:4:3: error: duplicate key \"tags\"; it stands first at 2:3",
            "nodes/a.json:5:3: error: duplicate key \"dummy\"; it stands first at 3:3"),
        Broken.node(
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
        Broken.node(
            "nested wrong types",
            """
            {"normal": {"tags": {"a": 1}}, "automatic": {"platform": ["debian"]}}
            """,
            "nodes/a.json:1:21: error: \"normal.tags\" must be a list of strings, not an object",
            "nodes/a.json:1:58: error: \"automatic.platform\" must be a string, not a list"),
        Broken.node(
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
        Broken.node(
            "unknown role",
            "{\"run_list\": [\"role[base]\",\n  \"role[wbe]\"]}",
            "nodes/a.json:2:3: error: role \"wbe\" does not exist (did you mean \"web\"?)"),
        Broken.node(
            "unknown role, nothing near",
            "{\"run_list\": [\"role[kubernetes]\", \"role[kubernetes]\"]}",
            "nodes/a.json:1:15: error: role \"kubernetes\" does not exist"),
        Broken.node(
            "role without its folder",
            "{\"run_list\": [\"role[primary]\"]}",
            "nodes/a.json:1:15: error: role \"primary\" does not exist (did you mean"
                + " \"db/primary\"?)"),
        Broken.node(
            "role outside the kitchen",
            "{\"run_list\": [\"role[../nodes/a]\"]}",
            "nodes/a.json:1:15: error: role \"../nodes/a\" does not exist"),
        Broken.node(
            "control characters",
            "{\"run_list\": [\"role[\\u001b[31m]\", \"role[\\u0007x]\"]}",
            entryError("1:15", "role[\\u001B[31m]"),
            "nodes/a.json:1:35: error: role \"\\u0007x\" does not exist"),
        Broken.node(
            "unknown environment",
            "{\n  \"chef_environment\": \"stagin\"}",
            "nodes/a.json:2:23: error: environment \"stagin\" does not exist (did you mean"
                + " \"staging\"?)"),
        Broken.node(
            "environment and role",
            "{\"chef_environment\": \"x\", \"run_list\": [\"role[y]\"]}",
            "nodes/a.json:1:22: error: environment \"x\" does not exist",
            "nodes/a.json:1:40: error: role \"y\" does not exist"),
        Broken.of(
            "not UTF-8",
            kitchen -> kitchen.bytes("nodes/a.json", latin1("{\n\"x\": \"\u00e9\"}")),
            "nodes/a.json:2:7: error: byte 0xe9 is not UTF-8"),
        Broken.of(
            "cut off inside a character",
            kitchen -> kitchen.bytes("nodes/a.json", latin1("{} \u00e2\u0082")),
            "nodes/a.json:1:4: error: byte 0xe2 is not UTF-8"),
        Broken.of(
            "a directory",
            kitchen -> kitchen.file("nodes/a.json/x", ""),
            "nodes/a.json: error: not a regular file"),
        Broken.of(
            "too large",
            kitchen -> kitchen.bytes("nodes/a.json", new byte[(16 << 20) + 1]),
            "nodes/a.json: error: larger than 16 MB"),
        Broken.of(
            "too deep",
            kitchen -> kitchen.nodeJson("a", "{\"x\": " + "[".repeat(300) + "]".repeat(300) + "}"),
            "nodes/a.json:1:206: error: not valid JSON: nested deeper than 200 levels"));
  }

  private static String entryError(String place, String entry) {
    return "nodes/a.json:%s: error: \"%s\" is not a run list entry (%s)"
        .formatted(place, entry, FORMS);
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
