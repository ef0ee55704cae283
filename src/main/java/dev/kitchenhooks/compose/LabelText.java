package dev.kitchenhooks.compose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A service's own labels as text: those that are to be set, and those that it has from elsewhere.
 * They keep the form of those, mapping or list.
 */
final class LabelText {
  static final String KEY = "labels";

  private final SequencedMap<String, String> labels;
  private final YamlText write;
  private final YamlValues values;

  LabelText(SequencedMap<String, String> labels, YamlText write, YamlValues values) {
    this.labels = labels;
    this.write = write;
    this.values = values;
  }

  /** Whether an item of a list of labels is the one of this name. */
  static boolean isNamed(String name, YamlNode item) {
    return item.target() instanceof YamlNode.Scalar scalar
        && (scalar.text().equals(name) || scalar.text().startsWith(name + "="));
  }

  /** In one line, without their key. */
  String flow(@Nullable YamlNode others) {
    return others != null && others.target() instanceof YamlNode.Sequence list
        ? "[" + String.join(", ", items(list)) + "]"
        : write.mapping(entries(others));
  }

  /** The same where others can be merged instead of being written out. */
  String merging(YamlNode others, String alias) {
    if (!(others.target() instanceof YamlNode.Mapping)) {
      return flow(others);
    }
    var all = new LinkedHashMap<String, String>();
    all.put(YamlText.MERGE, alias);
    labels.forEach((name, value) -> all.put(name, write.word(value)));
    return write.mapping(all);
  }

  /** {@code labels: ...} in one line. */
  String member(@Nullable YamlNode others) {
    return write.word(KEY) + ": " + flow(others);
  }

  /** {@code labels:} and a line for each, indented by some blanks. */
  List<String> block(@Nullable YamlNode others, int step) {
    var lines = new ArrayList<String>(List.of(KEY + ":"));
    String indent = " ".repeat(step);
    if (others != null && others.target() instanceof YamlNode.Sequence list) {
      items(list).forEach(item -> lines.add(indent + "- " + item));
    } else {
      entries(others).forEach((name, value) -> lines.add(indent + write.word(name) + ": " + value));
    }
    return lines;
  }

  private SequencedMap<String, String> entries(@Nullable YamlNode others) {
    var all = new LinkedHashMap<String, String>();
    if (others != null && others.target() instanceof YamlNode.Mapping mapping) {
      values.members(mapping).forEach((name, value) -> all.put(name, write.copy(value, values)));
    }
    labels.forEach((name, value) -> all.put(name, write.word(value)));
    return all;
  }

  private List<String> items(YamlNode.Sequence others) {
    var rest = new LinkedHashMap<>(labels);
    var all = new ArrayList<String>();
    for (YamlNode item : others.items()) {
      String copy = write.copy(item, values);
      for (String name : labels.keySet()) {
        if (isNamed(name, item)) {
          copy = write.word(name + "=" + rest.remove(name));
        }
      }
      all.add(copy);
    }
    rest.forEach((name, value) -> all.add(write.word(name + "=" + value)));
    return all;
  }
}
