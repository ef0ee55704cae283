package dev.kitchenhooks.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * However a compose file is written: afterwards it means the same and the labels, and of its bytes
 * none is gone but for what the labels replace.
 */
class LabelsPropertyTest {
  private static final int FILES = 2_000;

  @Test
  void meansTheSameAndTheLabels() {
    int labelled = 0;
    for (long seed = 0; seed < FILES; seed++) {
      String text = RandomCompose.text(new Random(seed));
      var problems = new Problems();
      ComposeFile compose = ComposeFile.parse("c.yml", text, problems);
      assertThat(problems.sorted().stream().map(Problem::format)).as(text).isEmpty();
      String result =
          Labels.set(Objects.requireNonNull(compose), LabelsTest.labels("shop", "prod"));
      String about = "seed %d%n%s%n--- labelled%n%s".formatted(seed, text, result);
      assertThat(load(result)).as(about).isEqualTo(expected(load(text)));
      assertThat(LabelsTest.label(result)).as("again: " + about).isEqualTo(result);
      assertThat(keptLines(text)).as(about).isEqualTo(found(keptLines(text), result));
      labelled += result.equals(text) ? 0 : 1;
    }
    assertThat(labelled).isGreaterThan(FILES / 2);
  }

  /** Lines that no label is on, and no alias, which may have to be written out. */
  private static List<String> keptLines(String text) {
    return text.lines()
        .filter(line -> !line.contains("labels") && !line.contains("capp."))
        .filter(line -> !line.contains("*") && !line.contains("image"))
        .toList();
  }

  /** Those of the lines that a text has, in their order. */
  private static List<String> found(List<String> lines, String text) {
    var found = new ArrayList<String>();
    int next = 0;
    for (String line : text.lines().toList()) {
      if (next < lines.size() && line.equals(lines.get(next))) {
        found.add(line);
        next++;
      }
    }
    return found;
  }

  /** By the library's own composer; merged as simply as it can be done. */
  private static Object load(String text) {
    var settings =
        LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setMaxAliasesForCollections(1_000)
            .build();
    return Objects.requireNonNull(
        merged(new Load(settings).loadFromString(text.replace("\uFEFF", ""))));
  }

  private static @Nullable Object merged(@Nullable Object value) {
    return switch (value) {
      case List<?> list -> {
        var items = new ArrayList<@Nullable Object>();
        list.forEach(item -> items.add(merged(item)));
        yield items;
      }
      case Map<?, ?> map -> {
        var members = new LinkedHashMap<Object, @Nullable Object>();
        map.forEach((key, member) -> members.put(key, merged(member)));
        Object more = members.remove("<<");
        for (Object each : more instanceof List<?> several ? several : List.of()) {
          putMissing(members, each);
        }
        putMissing(members, more);
        yield members;
      }
      case null, default -> value;
    };
  }

  private static void putMissing(Map<Object, @Nullable Object> members, @Nullable Object more) {
    if (more instanceof Map<?, ?> map) {
      map.forEach((key, value) -> {
        if (!members.containsKey(key)) {
          members.put(key, value);
        }
      });
    }
  }

  private static Object expected(Object document) {
    if (!(document instanceof Map<?, ?> root) || !(root.get("services") instanceof Map<?, ?> all)) {
      return document;
    }
    var services = new LinkedHashMap<Object, Object>(all);
    services.replaceAll((_, service) ->
        service instanceof Map<?, ?> definition && !definition.isEmpty()
            ? labelled(definition)
            : service);
    var result = new LinkedHashMap<Object, Object>(root);
    result.put("services", services);
    return result;
  }

  private static Map<Object, Object> labelled(Map<?, ?> definition) {
    var result = new LinkedHashMap<Object, Object>(definition);
    if (definition.get("labels") instanceof List<?> list) {
      var items = new ArrayList<Object>(list);
      LabelsTest.labels("shop", "prod")
          .forEach((name, value) -> {
            items.replaceAll(item ->
                item.equals(name) || item.toString().startsWith(name + "=")
                    ? name + "=" + value
                    : item);
            if (!items.contains(name + "=" + value)) {
              items.add(name + "=" + value);
            }
          });
      result.put("labels", items);
    } else {
      var entries = new LinkedHashMap<Object, Object>();
      if (definition.get("labels") instanceof Map<?, ?> mapping) {
        entries.putAll(mapping);
      }
      entries.putAll(LabelsTest.labels("shop", "prod"));
      result.put("labels", entries);
    }
    return result;
  }
}
