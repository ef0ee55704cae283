package dev.kitchenhooks.compose;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a single value without quotes means, by the core schema of YAML 1.2. */
final class YamlScalars {
  private static final String STRING_TAG = "tag:yaml.org,2002:str";
  private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
  private static final Set<String> FALSE = Set.of("false", "False", "FALSE");

  /** Longer ones are names that happen to be made of digits. */
  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,100}");

  private static final Pattern DECIMAL =
      Pattern.compile(
          "[-+]?(\\.[0-9]{1,100}|[0-9]{1,100}(\\.[0-9]{0,100})?)([eE][-+]?[0-9]{1,3})?");

  private YamlScalars() {}

  static boolean isNull(YamlNode.Scalar scalar) {
    return meansMore(scalar) && NULL.contains(scalar.text());
  }

  /** As JSON; what is no number, truth or null is a string. */
  static JsonNode json(YamlNode.Scalar scalar) {
    JsonNodeFactory make = JsonNodeFactory.instance;
    String text = scalar.text();
    if (!meansMore(scalar)) {
      return make.stringNode(text);
    }
    if (NULL.contains(text)) {
      return make.nullNode();
    }
    if (TRUE.contains(text) || FALSE.contains(text)) {
      return make.booleanNode(TRUE.contains(text));
    }
    if (INTEGER.matcher(text).matches()) {
      return make.numberNode(new BigInteger(text));
    }
    if (DECIMAL.matcher(text).matches()) {
      return make.numberNode(new BigDecimal(text));
    }
    return make.stringNode(text);
  }

  private static boolean meansMore(YamlNode.Scalar scalar) {
    return scalar.plain() && !scalar.tag().filter(STRING_TAG::equals).isPresent();
  }
}
