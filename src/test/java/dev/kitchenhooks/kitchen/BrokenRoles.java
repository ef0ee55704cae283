package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.testkit.KitchenBuilder;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Roles and environments with a fault, and what is said of each. */
final class BrokenRoles {
  private static final String FORMS =
      "write \"role[NAME]\", \"recipe[NAME]\" or \"recipe[NAME@1.2.3]\"";

  private BrokenRoles() {}

  static Stream<Broken> roles() {
    UnaryOperator<KitchenBuilder> web = kitchen -> kitchen.node("a", "_default", "role[web]");
    return Stream.of(
        Broken.of(
            "role is not JSON",
            kitchen -> web.apply(kitchen).roleJson("web", "{\n\"run_list\": [},"),
            "roles/web.json:2:14: error: not valid JSON: Unexpected close marker '}': expected"
                + " ']'"),
        Broken.of(
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
        Broken.of(
            "nested role does not exist",
            kitchen ->
                web.apply(kitchen)
                    .role("web", "recipe[nginx]", "role[bse]")
                    .role("base", "role[nothing]"),
            "roles/web.json:5:5: error: role \"bse\" does not exist (did you mean \"base\"?)"),
        Broken.of(
            "cycle",
            kitchen ->
                web.apply(kitchen)
                    .role("web", "role[middle]")
                    .role("middle", "recipe[x]", "role[inner]")
                    .role("inner", "role[middle]"),
            "roles/middle.json:5:5: error: roles contain each other: inner -> middle -> inner"
                + " (remove one of these entries)"),
        Broken.of(
            "a role in itself",
            kitchen -> web.apply(kitchen).role("web", "role[web]"),
            "roles/web.json:4:5: error: roles contain each other: web -> web (remove one of these"
                + " entries)"),
        Broken.of(
            "several roles",
            kitchen ->
                web.apply(kitchen)
                    .role("web", "role[base]", "role[gone]")
                    .roleJson("base", "{\"name\": 3}"),
            "roles/base.json:1:10: error: \"name\" must be a string, not a number",
            "roles/web.json:5:5: error: role \"gone\" does not exist"));
  }

  static Stream<Broken> environments() {
    UnaryOperator<KitchenBuilder> staging = kitchen -> kitchen.node("a", "staging");
    return Stream.of(
        Broken.of(
            "environment is no object",
            kitchen -> staging.apply(kitchen).environmentJson("staging", "\"staging\""),
            "environments/staging.json:1:1: error: the file must hold an object, not a string"),
        Broken.of(
            "environment is not JSON",
            kitchen -> staging.apply(kitchen).environmentJson("staging", "{'name': 1}"),
            "environments/staging.json:1:2: error: not valid JSON: Unexpected character (''' (code"
                + " 39)): was expecting double-quote to start property name"));
  }
}
