package dev.kitchenhooks.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Trees of a seed, with names of every kind, and others that were made of them. */
final class RandomTree {
  private static final List<String> NAMES =
      List.of(
          "a",
          "b",
          "a.b",
          "a-b",
          "a0",
          "a b",
          "-rf",
          "--",
          "'q'",
          "\"d\"",
          "$(x)",
          "`y`",
          "*",
          "?",
          "[a]",
          "x\ny",
          "x\n",
          "\\",
          "a\\nb",
          "x\r",
          "\u00e4",
          "\u00ff\u00fe",
          "~",
          "#",
          ";",
          "&",
          " ",
          "=",
          "!",
          "{}",
          ".h",
          "//".substring(1) + "z");

  private final Random random;
  final Map<String, Integer> modes = new TreeMap<>();
  final Map<String, byte[]> files = new HashMap<>();

  RandomTree(Random random) {
    this.random = random;
  }

  /** Some of {@link #NAMES} that can be one. */
  private String name() {
    String name = NAMES.get(random.nextInt(NAMES.size() - 1));
    return random.nextInt(4) == 0 ? name + random.nextInt(3) : name;
  }

  RandomTree grow(int entries) {
    for (int i = 0; i < entries; i++) {
      List<String> directories = new ArrayList<>(List.of(""));
      modes.keySet().stream().filter(n -> !files.containsKey(n)).forEach(directories::add);
      String parent = directories.get(random.nextInt(directories.size()));
      String name = parent.isEmpty() ? name() : parent + "/" + name();
      if (modes.containsKey(name)) {
        continue;
      }
      if (random.nextInt(3) == 0) {
        modes.put(name, random.nextBoolean() ? 0755 : 0700);
      } else {
        put(name);
      }
    }
    return this;
  }

  private void put(String name) {
    byte[] content = new byte[random.nextInt(40)];
    random.nextBytes(content);
    files.put(name, content);
    modes.put(name, List.of(0644, 0755, 0600, 0440, 0711).get(random.nextInt(5)));
  }

  /** Another one that has much in common with this. */
  RandomTree changed() {
    var other = new RandomTree(random);
    other.modes.putAll(modes);
    other.files.putAll(files);
    for (String name : List.copyOf(modes.keySet())) {
      if (!other.modes.containsKey(name)) {
        continue;
      }
      switch (random.nextInt(12)) {
        case 0 -> other.remove(name);
        case 1 -> {
          if (other.files.containsKey(name)) {
            other.put(name);
          }
        }
        case 2 -> {
          // Something of another kind under the same name.
          boolean file = other.files.containsKey(name);
          other.remove(name);
          if (file) {
            other.modes.put(name, 0755);
          } else {
            other.put(name);
          }
        }
        case 3 -> other.modes.computeIfPresent(name, (_, mode) -> mode == 0755 ? 0700 : 0755);
        default -> {
          continue;
        }
      }
    }
    return other.grow(random.nextInt(10));
  }

  private void remove(String name) {
    modes.keySet().removeIf(n -> n.equals(name) || n.startsWith(name + "/"));
    files.keySet().removeIf(n -> n.equals(name) || n.startsWith(name + "/"));
  }

  Manifest manifest() {
    return Manifest.of(
        modes.entrySet().stream()
            .map(entry -> {
              byte[] content = files.get(entry.getKey());
              return content == null
                  ? (Entry) new Entry.Directory(entry.getKey(), entry.getValue())
                  : new Entry.RegularFile(entry.getKey(), entry.getValue(), FileHash.of(content));
            })
            .toList());
  }
}
