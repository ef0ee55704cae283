package dev.kitchenhooks.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.kitchen.NodeFacts;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FiltersTest {
  private static final NodeFacts WEB =
      node(
          "web1.example.com",
          "staging",
          "base web",
          "nginx postgresql::client",
          "canary",
          "debian");
  private static final NodeFacts BARE = node("x", "_default", "", "", "", null);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chef_environment | staging                | runs",
        "chef_environment | production staging     | runs",
        "chef_environment | production             | chef_environment: has \"staging\", wanted \"production\"",
        "chef_environment | Staging                | chef_environment: has \"staging\", wanted \"Staging\"",
        "chef_environment | !production            | runs",
        "chef_environment | !staging               | chef_environment: \"staging\" is excluded by \"!staging\"",
        "chef_environment | stag* !staging         | chef_environment: \"staging\" is excluded by \"!staging\"",
        "chef_environment | !* staging             | chef_environment: \"staging\" is excluded by \"!*\"",
        "roles            | web                    | runs",
        "roles            | db web                 | runs",
        "roles            | w?b                    | runs",
        "roles            | [uvw]eb                | runs",
        "roles            | [!w]eb                 | roles: has \"base\", \"web\", wanted \"[!w]eb\"",
        "roles            | we                     | roles: has \"base\", \"web\", wanted \"we\"",
        "roles            | web !base              | roles: \"base\" is excluded by \"!base\"",
        "roles            | !db                    | runs",
        "roles            | db mail                | roles: has \"base\", \"web\", wanted \"db\", \"mail\"",
        "nodes            | web1.example.com       | runs",
        "nodes            | *.example.com          | runs",
        "nodes            | web[0-9].*             | runs",
        "nodes            | *.example.org          | nodes: has \"web1.example.com\", wanted \"*.example.org\"",
        "recipes          | nginx                  | runs",
        "recipes          | nginx::default         | runs",
        "recipes          | nginx::*               | runs",
        "recipes          | *::client              | runs",
        "recipes          | postgresql             | recipes: has \"nginx\", \"postgresql::client\", wanted \"postgresql\"",
        "recipes          | postgresql*            | runs",
        "recipes          | !nginx::default        | recipes: \"nginx\" is excluded by \"!nginx::default\"",
        "tags             | canary                 | runs",
        "tags             | !canary                | tags: \"canary\" is excluded by \"!canary\"",
        "platform         | debian ubuntu          | runs",
        "platform         | centos                 | platform: has \"debian\", wanted \"centos\"",
        "commands         | fix                    | runs",
        "commands         | f*                     | runs",
        "commands         | wrap                   | commands: has \"fix\", wanted \"wrap\"",
        "commands         | !wrap                  | runs",
      })
  void oneKeyAgainstANode(String key, String patterns, String expected) {
    Verdict verdict = filters(Map.of(key(key), patterns)).judge(WEB, "fix");
    assertThat(verdict instanceof Verdict.Runs ? "runs" : verdict.text()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "roles    | web  | roles: has none, wanted \"web\"",
        "roles    | *    | roles: has none, wanted \"*\"",
        "roles    | !web | runs",
        "platform | *    | platform: has none, wanted \"*\"",
        "platform | !aix | runs",
        "chef_environment | _default | runs",
      })
  void oneKeyAgainstANodeThatHasNothing(String key, String patterns, String expected) {
    Verdict verdict = filters(Map.of(key(key), patterns)).judge(BARE, "fix");
    assertThat(verdict instanceof Verdict.Runs ? "runs" : verdict.text()).isEqualTo(expected);
  }

  @Test
  void allKeysMustMatchAndTheFirstThatDoesNotDecides() {
    Filters filters =
        filters(Map.of(FilterKey.ROLES, "web", FilterKey.TAGS, "old", FilterKey.PLATFORM, "aix"));
    assertThat(filters.judge(WEB, "fix"))
        .isEqualTo(new Verdict.DoesNotRun(FilterKey.TAGS, List.of("old"), List.of("canary")));
  }

  @Test
  void withoutTheFilterHooksRunForCommandsThatConfigureNodes() {
    assertThat(Filters.NONE.judge(BARE, "fix")).isEqualTo(new Verdict.Runs());
    assertThat(Filters.NONE.judge(BARE, "wrap")).isEqualTo(new Verdict.Runs());
    assertThat(Filters.NONE.judge(BARE, "ssh").text())
        .isEqualTo("commands: \"ssh\" does not configure nodes");
  }

  @Test
  void whoTakesACommandOutHasNotAskedForThoseThatConfigureNoNodes() {
    Filters filters = filters(Map.of(FilterKey.COMMANDS, "!wrap"));
    for (String word : List.of("ssh", "plugin", "deploy_chef", "wrap")) {
      assertThat(filters.acceptsCommand(word)).as(word).isFalse();
    }
    assertThat(filters.acceptsCommand("fix")).isTrue();
    assertThat(filters(Map.of(FilterKey.COMMANDS, "*")).acceptsCommand("deploy_chef")).isTrue();
  }

  @Test
  void longListsAreCutShortInExplanations() {
    String roles =
        String.join(" ", Stream.iterate(10, i -> i + 1).limit(20).map(i -> "r" + i).toList());
    NodeFacts node = node("n", "e", roles, "", "", null);
    assertThat(filters(Map.of(FilterKey.ROLES, "web")).judge(node, "fix").text())
        .endsWith("\"r17\" and 12 more, wanted \"web\"");
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void agreesWithANaiveReadingOfTheContract(long seed) {
    var random = new Random(seed);
    List<NodeFacts> nodes = Stream.generate(() -> randomNode(random)).limit(40).toList();
    var index = new NodeIndex(nodes);
    for (int round = 0; round < 60; round++) {
      Filters filters = randomFilters(random);
      String command = List.of("fix", "wrap", "ssh").get(random.nextInt(3));
      var expected = new BitSet();
      for (int i = 0; i < nodes.size(); i++) {
        expected.set(i, Naive.runs(filters, nodes.get(i), command));
        boolean judged = filters.judge(nodes.get(i), command) instanceof Verdict.Runs;
        assertThat(judged)
            .as("%s %s %s", filters, nodes.get(i), command)
            .isEqualTo(expected.get(i));
      }
      assertThat(index.matching(filters, command)).as("%s", filters).isEqualTo(expected);
    }
  }

  /** The contract's sentence as it stands, on regular expressions: written apart from the code. */
  private static final class Naive {
    static boolean runs(Filters filters, NodeFacts node, String command) {
      boolean named =
          filters.values().getOrDefault(FilterKey.COMMANDS, List.of()).stream()
              .anyMatch(value -> !value.startsWith("!"));
      boolean runs = named || !command.equals("ssh");
      for (Map.Entry<FilterKey, List<String>> entry : filters.values().entrySet()) {
        SortedSet<String> has =
            switch (entry.getKey()) {
              case CHEF_ENVIRONMENT -> TestKitchen.set(node.environment());
              case ROLES -> node.roles();
              case NODES -> TestKitchen.set(node.fqdn());
              case RECIPES -> withDefaults(node.recipes());
              case TAGS -> node.tags();
              case PLATFORM -> new TreeSet<>(node.platform().stream().toList());
              case COMMANDS -> TestKitchen.set(command);
            };
        List<String> values = entry.getValue();
        boolean anyPositive = values.stream().anyMatch(v -> !v.startsWith("!"));
        boolean positive =
            values.stream().filter(v -> !v.startsWith("!")).anyMatch(v -> matches(v, has));
        boolean negated =
            values.stream()
                .filter(v -> v.startsWith("!"))
                .anyMatch(v -> matches(v.substring(1), has));
        runs = runs && (positive || !anyPositive) && !negated;
      }
      return runs;
    }

    private static SortedSet<String> withDefaults(SortedSet<String> recipes) {
      var both = new TreeSet<>(recipes);
      recipes.stream().filter(r -> !r.contains("::")).forEach(r -> both.add(r + "::default"));
      return both;
    }

    private static boolean matches(String glob, SortedSet<String> values) {
      var regex = new StringBuilder();
      for (int i = 0; i < glob.length(); i++) {
        char c = glob.charAt(i);
        switch (c) {
          case '*' -> regex.append(".*");
          case '?' -> regex.append('.');
          case '[' -> {
            int end = glob.indexOf(']', i);
            regex.append('[').append(glob.substring(i + 1, end).replace('!', '^')).append(']');
            i = end;
          }
          default -> regex.append(Pattern.quote(String.valueOf(c)));
        }
      }
      return values.stream().anyMatch(v -> Pattern.matches(regex.toString(), v));
    }
  }

  static Filters randomFilters(Random random) {
    var values = new EnumMap<FilterKey, List<String>>(FilterKey.class);
    for (FilterKey key : FilterKey.values()) {
      if (random.nextInt(4) == 0) {
        values.put(
            key,
            Stream.generate(() -> randomPattern(random, key))
                .limit(1 + random.nextInt(3))
                .toList());
      }
    }
    return new Filters(values);
  }

  private static String randomPattern(Random random, FilterKey key) {
    var pattern = new StringBuilder(random.nextInt(4) == 0 ? "!" : "");
    if (key == FilterKey.COMMANDS) {
      return pattern.append(List.of("fix", "wrap", "*", "[fs]*").get(random.nextInt(4))).toString();
    }
    String word = randomWord(random, key);
    for (int i = 0; i < word.length(); i++) {
      switch (random.nextInt(8)) {
        case 0 -> pattern.append('*');
        case 1 -> pattern.append('?');
        case 2 -> pattern.append("[!a]");
        case 3 -> pattern.append("[a-b]");
        default -> pattern.append(word.charAt(i));
      }
    }
    return pattern.toString();
  }

  static NodeFacts randomNode(Random random) {
    return new NodeFacts(
        randomWord(random, FilterKey.NODES) + random.nextInt(1000),
        randomWord(random, FilterKey.CHEF_ENVIRONMENT),
        randomWords(random, FilterKey.ROLES),
        randomWords(random, FilterKey.RECIPES),
        randomWords(random, FilterKey.TAGS),
        random.nextBoolean()
            ? Optional.of(randomWord(random, FilterKey.PLATFORM))
            : Optional.empty(),
        random.nextInt(5) == 0,
        List.of());
  }

  private static SortedSet<String> randomWords(Random random, FilterKey key) {
    var words = new TreeSet<String>();
    for (int i = random.nextInt(4); i > 0; i--) {
      words.add(randomWord(random, key));
    }
    return words;
  }

  private static String randomWord(Random random, FilterKey key) {
    List<String> words = List.of("a", "b", "ab", "ba", "abc", "bab");
    String word = words.get(random.nextInt(words.size()));
    boolean long_ = key == FilterKey.RECIPES && random.nextBoolean();
    return long_ ? word + "::" + words.get(random.nextInt(2)) : word;
  }

  private static FilterKey key(String word) {
    return Arrays.stream(FilterKey.values())
        .filter(k -> k.key().equals(word))
        .findFirst()
        .orElseThrow();
  }

  private static Filters filters(Map<FilterKey, String> patterns) {
    var values = new EnumMap<FilterKey, List<String>>(FilterKey.class);
    patterns.forEach((key, words) -> values.put(key, List.of(words.split(" "))));
    return new Filters(values);
  }

  private static NodeFacts node(
      String fqdn,
      String environment,
      String roles,
      String recipes,
      String tags,
      @org.jspecify.annotations.Nullable String platform) {
    return new NodeFacts(
        fqdn,
        environment,
        words(roles),
        words(recipes),
        words(tags),
        Optional.ofNullable(platform),
        false,
        List.of());
  }

  private static SortedSet<String> words(String text) {
    return text.isEmpty() ? TestKitchen.set() : TestKitchen.set(text.split(" "));
  }
}
