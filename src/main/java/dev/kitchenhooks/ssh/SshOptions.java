package dev.kitchenhooks.ssh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ssh_config options that hold for one host: of each the first that was found, but all of those
 * that add up. Not thread-safe.
 */
final class SshOptions {
  private static final Set<String> ADDING_UP = Set.of("identityfile", "certificatefile");

  private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");
  private static final Pattern TIME_PART = Pattern.compile("(\\d{1,8})([smhdw]?)");
  private static final Pattern TIME = Pattern.compile("(?:\\d{1,8}[smhdw]?)+");

  private final Map<String, List<String>> values = new LinkedHashMap<>();

  /**
   * @param keyword in any case
   * @param words what stands after it
   */
  void add(String keyword, List<String> words) {
    String key = keyword.toLowerCase(Locale.ROOT);
    if (isSettledByTheOtherProxy(key)) {
      return;
    }
    if (ADDING_UP.contains(key)) {
      List<String> all = values.computeIfAbsent(key, _ -> new ArrayList<>());
      words.stream().filter(word -> !all.contains(word)).forEach(all::add);
    } else {
      values.putIfAbsent(key, List.copyOf(words));
    }
  }

  /** Of ProxyJump and ProxyCommand the first counts; but a ProxyJump of none is not one. */
  private boolean isSettledByTheOtherProxy(String key) {
    return switch (key) {
      case "proxyjump" -> has("proxycommand");
      case "proxycommand" ->
          first("proxyjump").filter(jump -> !jump.equalsIgnoreCase("none")).isPresent();
      default -> false;
    };
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

  /** Whether an option has a value that is not {@code none}. */
  boolean isSet(String keyword) {
    return first(keyword).filter(value -> !value.equalsIgnoreCase("none")).isPresent();
  }

  int number(String keyword, int unset) {
    return first(keyword).filter(NUMBER.asMatchPredicate()).map(Integer::parseInt).orElse(unset);
  }

  /** Seconds, or sshd_config(5) "TIME FORMATS": 90, 1m30s, 2h. */
  Duration time(String keyword, Duration unset) {
    String word = first(keyword).orElse("").toLowerCase(Locale.ROOT);
    if (!TIME.matcher(word).matches()) {
      return unset;
    }
    long seconds = 0;
    Matcher part = TIME_PART.matcher(word);
    while (part.find()) {
      long unit =
          switch (part.group(2)) {
            case "m" -> 60;
            case "h" -> 3_600;
            case "d" -> 86_400;
            case "w" -> 604_800;
            default -> 1;
          };
      seconds += Long.parseLong(part.group(1)) * unit;
    }
    return Duration.ofSeconds(seconds);
  }
}
