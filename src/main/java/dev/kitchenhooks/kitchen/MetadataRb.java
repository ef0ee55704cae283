package dev.kitchenhooks.kitchen;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What simple lines of a {@code metadata.rb} say: {@code name 'nginx'}, {@code depends 'apt', '~>
 * 2.0'}. It is a program, and programs of a kitchen are not run to list it: a value that is
 * computed counts as not there.
 *
 * @param values by keyword, of those that say one thing
 * @param dependencies each with its constraint, which may be empty
 * @param recipes each with its description
 */
record MetadataRb(
    Map<String, String> values, Map<String, String> dependencies, Map<String, String> recipes) {
  private static final String TEXT = "('(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\#]|\\\\.)*\")";
  private static final Pattern LINE =
      Pattern.compile(
          "\\s*(name|version|description|depends|recipe)(?:\\s+|\\s*\\(\\s*)"
              + TEXT
              + "((?:\\s*,\\s*"
              + TEXT
              + ")*)\\s*\\)?\\s*(?:#.*)?");
  private static final Pattern MORE = Pattern.compile(TEXT);

  static MetadataRb parse(String source) {
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, String> dependencies = new TreeMap<>();
    Map<String, String> recipes = new TreeMap<>();
    source
        .lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .forEach(line -> {
          String first = unquoted(line.group(2));
          String rest = rest(line.group(3));
          switch (line.group(1)) {
            case "depends" -> dependencies.put(first, rest);
            case "recipe" -> recipes.put(first, rest);
            default -> values.put(line.group(1), first);
          }
        });
    return new MetadataRb(values, dependencies, recipes);
  }

  Optional<String> value(String keyword) {
    return Optional.ofNullable(values.get(keyword));
  }

  private static String rest(String arguments) {
    return String.join(
        ", ", MORE.matcher(arguments).results().map(m -> unquoted(m.group())).toList());
  }

  private static String unquoted(String text) {
    return text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1");
  }
}
