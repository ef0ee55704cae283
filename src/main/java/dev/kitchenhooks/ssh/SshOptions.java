package dev.kitchenhooks.ssh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The ssh_config options that hold for one host: of each the first that was found, but all of those
 * that add up. Not thread-safe.
 */
final class SshOptions {
  private static final Set<String> ADDING_UP = Set.of("identityfile", "certificatefile");

  private final Map<String, List<String>> values = new LinkedHashMap<>();

  /**
   * @param keyword in any case
   * @param words what stands after it
   */
  void add(String keyword, List<String> words) {
    String key = keyword.toLowerCase(Locale.ROOT);
    if (ADDING_UP.contains(key)) {
      List<String> all = values.computeIfAbsent(key, _ -> new ArrayList<>());
      words.stream().filter(word -> !all.contains(word)).forEach(all::add);
    } else {
      values.putIfAbsent(key, List.copyOf(words));
    }
  }

  /** All words of an option; empty where it is not set. */
  List<String> all(String keyword) {
    return List.copyOf(values.getOrDefault(keyword, List.of()));
  }

  boolean has(String keyword) {
    return values.containsKey(keyword);
  }

  Optional<String> first(String keyword) {
    return all(keyword).stream().findFirst();
  }

  /** Whether an option is on; {@code unset} where nobody says. */
  boolean on(String keyword, boolean unset) {
    return first(keyword)
        .map(word -> word.toLowerCase(Locale.ROOT))
        .map(word -> word.equals("yes") || word.equals("true"))
        .orElse(unset);
  }
}
