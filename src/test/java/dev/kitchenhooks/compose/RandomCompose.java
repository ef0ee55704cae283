package dev.kitchenhooks.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes a compose file in one of the many ways in which it can be written: blocks and braces, maps
 * and lists, anchors, aliases and merges, comments and blank lines, line ends and byte order marks.
 */
final class RandomCompose {
  private final Random random;
  private final StringBuilder text = new StringBuilder();
  private final List<String> mappings = new ArrayList<>();
  private final List<String> lists = new ArrayList<>();
  private final List<String> services = new ArrayList<>();
  private final int step;

  private RandomCompose(Random random) {
    this.random = random;
    this.step = 1 + random.nextInt(4);
  }

  static String text(Random random) {
    var writer = new RandomCompose(random);
    writer.file();
    String text = writer.text.toString();
    if (writer.chance(4)) {
      text = text.stripTrailing();
    }
    if (writer.chance(4)) {
      text = text.replace("\n", "\r\n");
    }
    return writer.chance(6) ? "\uFEFF" + text : text;
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private String pick(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }

  private void line(int level, String content) {
    while (chance(6)) {
      text.append(pick(List.of("\n", "# - a comment: {x}\n", "  # indented\n")));
    }
    text.append(" ".repeat(level * step)).append(content);
    text.append(pick(List.of("", "", "", " # why", "  ", "\t# tab"))).append('\n');
  }

  private void file() {
    if (chance(4)) {
      line(0, "---");
    }
    if (chance(3)) {
      line(0, "name: \"\uD83D\uDE00 ${NAME:-x}\"");
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      anchors(i);
    }
    if (chance(12)) {
      line(0, "services:");
    } else {
      line(0, "services:");
      for (int i = 0, n = 1 + random.nextInt(5); i < n; i++) {
        service("web" + i);
      }
    }
    if (chance(2)) {
      line(0, "volumes:");
      line(1, "data:");
      if (!mappings.isEmpty() && chance(2)) {
        line(2, "labels: *" + pick(mappings));
      }
    }
    if (!services.isEmpty() && chance(4)) {
      line(0, "x-copy: *" + pick(services));
    }
  }

  private void anchors(int i) {
    switch (random.nextInt(4)) {
      case 0 -> {
        line(0, "x-m%d: &m%d".formatted(i, i));
        line(1, "team: a");
        maybe(1, "capp.app: other");
        mappings.add("m" + i);
      }
      case 1 -> {
        line(0, "x-l%d: &l%d [ team=a, 'x y' ]".formatted(i, i));
        lists.add("l" + i);
      }
      case 2 -> {
        line(0, "x-s%d: &s%d".formatted(i, i));
        line(1, "image: base");
        if (chance(2)) {
          labels(1, false);
        }
        services.add("s" + i);
      }
      default -> {
        line(0, "x-f%d: &f%d {image: flow, labels: {q: 'r'}}".formatted(i, i));
        services.add("f" + i);
      }
    }
  }

  private void maybe(int level, String content) {
    if (chance(3)) {
      line(level, content);
    }
  }

  private void service(String name) {
    switch (random.nextInt(8)) {
      case 0 -> line(1, name + ":");
      case 1 -> line(1, name + ": {image: \"a,b\", labels: %s}".formatted(flowLabels()));
      case 2 -> line(1, name + ": {image: x, ports: [80, '443'],}");
      case 3 -> {
        if (services.isEmpty()) {
          line(1, name + ": ~");
        } else {
          line(1, name + ": *" + pick(services));
        }
      }
      default -> block(name);
    }
  }

  private void block(String name) {
    boolean anchored = chance(3);
    line(1, name + ":" + (anchored ? " &" + name : ""));
    if (!services.isEmpty() && chance(2)) {
      boolean several = chance(3);
      line(
          2,
          several
              ? "<<: [*%s, *%s]".formatted(pick(services), pick(services))
              : "<<: *" + pick(services));
    }
    boolean first = chance(2);
    boolean labelled = !chance(3);
    if (labelled && first) {
      labels(2, true);
    }
    line(2, "command: " + pick(List.of("go", "'a: b'", "[a, b]", "{}", "")));
    if (chance(3)) {
      line(2, "environment:");
      line(3, "- A=${A:-b}");
    }
    if (labelled && !first) {
      labels(2, true);
    }
    if (chance(4)) {
      text.append(" ".repeat(2 * step)).append("entrypoint: |\n");
      text.append(" ".repeat(3 * step)).append("a\n\n");
      text.append(" ".repeat(3 * step)).append("b # no comment\n");
    }
    if (anchored) {
      services.add(name);
    }
  }

  private String flowLabels() {
    List<String> forms =
        new ArrayList<>(
            List.of(
                "{}",
                "[]",
                "~",
                "",
                "{a: b}",
                "{ \"a\": 1, capp.app: x }",
                "[a, capp.app=1 ]",
                "{a: b,}",
                "[ 'a=b', ]"));
    mappings.forEach(m -> forms.addAll(List.of("*" + m, "{<<: *%s, b: c}".formatted(m))));
    lists.forEach(l -> forms.add("*" + l));
    return pick(forms);
  }

  private void labels(int level, boolean anchors) {
    String anchor = anchors && chance(3) ? "n" + text.length() : "";
    switch (random.nextInt(3)) {
      case 0 -> {
        line(level, "labels:" + (anchor.isEmpty() ? "" : " &" + anchor));
        line(level + 1, "team: b");
        maybe(level + 1, pick(List.of("capp.app: old", "\"capp.environment\": 1", "capp.app:")));
        maybe(level + 1, "text: a\n" + " ".repeat((level + 2) * step) + "second line");
        if (!anchor.isEmpty()) {
          mappings.add(anchor);
        }
      }
      case 1 -> {
        line(level, "labels:" + (anchor.isEmpty() ? "" : " &" + anchor));
        int at = level + random.nextInt(2);
        line(at, "- team=b");
        maybe(at, pick(List.of("- capp.app=old", "-   \"capp.environment\"", "- 'x y'")));
        if (!anchor.isEmpty()) {
          lists.add(anchor);
        }
      }
      default -> line(level, "labels: " + flowLabels());
    }
  }
}
