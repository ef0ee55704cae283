package dev.kitchenhooks.compose;

import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Values as YAML in one line, which every reader of YAML and, where asked for, of JSON takes. */
final class YamlText {
  /** What needs no quotes wherever it stands. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_.=/-]*");

  /** What an older YAML takes for something else than text. */
  private static final Set<String> RESERVED =
      Set.of("true", "false", "yes", "no", "on", "off", "null");

  /** Numbers, truths and the like, which quotes would make text. */
  private static final Pattern COPIED = Pattern.compile("[A-Za-z0-9_.+=/-]+");

  /** The key that merges. */
  static final String MERGE = "<<";

  private final boolean quoted;

  /**
   * @param quoted whether every text is quoted, as in JSON
   */
  YamlText(boolean quoted) {
    this.quoted = quoted;
  }

  /** A text, in quotes where it needs them. */
  String word(String text) {
    boolean plain =
        !quoted
            && PLAIN.matcher(text).matches()
            && !RESERVED.contains(text.toLowerCase(Locale.ROOT));
    return plain ? text : quoted(text);
  }

  private static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        default -> quoted.append(isStrange(c) ? "\\u%04x".formatted((int) c) : c);
      }
    }
    return quoted.append('"').toString();
  }

  /** Of what YAML takes for the end of a line, or not at all. */
  private static boolean isStrange(char c) {
    return Character.isISOControl(c) || c == '\uFEFF' || c == '\u2028' || c == '\u2029';
  }

  /** {@code {key: value, ...}} of words and of values that are text already. */
  String mapping(SequencedMap<String, String> entries) {
    return entries.entrySet().stream()
        .map(entry -> key(entry.getKey()) + ": " + entry.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private String key(String name) {
    // In quotes it would not merge.
    return name.equals(MERGE) ? name : word(name);
  }

  /** What a node means, written out: without anchors, aliases and merges. */
  String copy(YamlNode node, YamlValues values) {
    return switch (node.target()) {
      case YamlNode.Mapping mapping ->
          values.members(mapping).entrySet().stream()
              .map(member -> word(member.getKey()) + ": " + copy(member.getValue(), values))
              .collect(Collectors.joining(", ", "{", "}"));
      case YamlNode.Sequence sequence ->
          sequence.items().stream()
              .map(item -> copy(item, values))
              .collect(Collectors.joining(", ", "[", "]"));
      case YamlNode.Scalar scalar -> copy(scalar);
      case YamlNode.Alias alias -> throw new IllegalStateException("not a target: " + alias);
    };
  }

  private String copy(YamlNode.Scalar scalar) {
    if (scalar.isNull()) {
      return "null";
    }
    boolean asItIs = scalar.plain() && COPIED.matcher(scalar.text()).matches();
    boolean text = YamlScalars.json(scalar).isString();
    return asItIs && !(quoted && text) ? scalar.text() : quoted(scalar.text());
  }
}
