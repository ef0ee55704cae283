package dev.kitchenhooks.monitoring;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** {@code @WORD@} in the texts of a template. Neither PromQL nor Grafana writes anything so. */
final class Placeholders {
  static final Set<String> KNOWN = new TreeSet<>(Names.of("", Names.ALL).keySet());

  private static final Pattern FORM = Pattern.compile("@([A-Z]+)@");

  private Placeholders() {}

  /** The same with each text filled in. */
  static JsonNode fill(JsonNode template, Map<String, String> values) {
    return switch (template) {
      case ObjectNode object -> {
        ObjectNode filled = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(e -> filled.set(e.getKey(), fill(e.getValue(), values)));
        yield filled;
      }
      case ArrayNode array -> {
        ArrayNode filled = JsonNodeFactory.instance.arrayNode();
        array.forEach(item -> filled.add(fill(item, values)));
        yield filled;
      }
      case StringNode text -> StringNode.valueOf(fill(text.stringValue(), values));
      default -> template;
    };
  }

  private static String fill(String text, Map<String, String> values) {
    return FORM.matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
  }

  /** The words of a text that stand for nothing. */
  static Set<String> unknown(String text) {
    var unknown = new TreeSet<String>();
    FORM.matcher(text).results().map(MatchResult::group).forEach(unknown::add);
    KNOWN.forEach(known -> unknown.remove("@" + known + "@"));
    return unknown;
  }
}
