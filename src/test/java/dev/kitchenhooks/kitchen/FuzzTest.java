package dev.kitchenhooks.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a file holds, a person gets problems, never a stack trace. */
class FuzzTest {
  private static final int ROUNDS = 100;

  private static final String NODE =
      """
      {
        // a comment
        "name": "a", "chef_environment": "staging",
        "run_list": ["role[web]", "recipe[nginx@1.2.3]", "ntp::client",],
        "tags": ["x"], "dummy": false, "platform": "debian",
        "normal": {"tags": [], "n": [1, -2.5e3, 12345678901234567890, true, null, "\\u00e9\\n"]},
        "automatic": {"platform": "debian"}
      }
      """;
  private static final String ROLE =
      """
      {"name": "web", "run_list": ["role[base]", "recipe[x]"],
       "env_run_lists": {"staging": ["role[base]"], "_default": []}}
      """;
  private static final String CFG =
      """
      [userinfo]
      user = me ; comment
      password = %(user)s%%
      [kitchen]
      converge_command = sh -c 'a "b"'
        --more
      converge_timeout = 1h30m
      [hooks]
      phases = a, b
      """;

  @TempDir Path dir;
  private KitchenBuilder kitchen;

  static IntStream seeds() {
    return IntStream.range(0, 5);
  }

  @BeforeEach
  void sound() {
    kitchen =
        KitchenBuilder.in(dir)
            .cfg()
            .environment("staging")
            .role("base")
            .roleJson("web", ROLE)
            .nodeJson("a", NODE);
    assertThat(findings()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nodes(int seed) {
    mutate(seed, "nodes/a.json", NODE);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void roles(int seed) {
    mutate(seed, "roles/web.json", ROLE);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void configurations(int seed) {
    mutate(seed, "littlechef.cfg", CFG);
  }

  private void mutate(int seed, String file, String text) {
    var random = new Random(seed);
    boolean any = false;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] mutant = Mutants.of(text.getBytes(StandardCharsets.UTF_8), random);
      kitchen.bytes(file, mutant);
      List<Problem> found = findings();
      any |= !found.isEmpty();
      assertThat(found)
          .as(() -> new String(mutant, StandardCharsets.ISO_8859_1))
          .allSatisfy(problem -> {
            assertThat(problem.file()).isNotNull();
            assertThat(problem.line()).isBetween(0, mutant.length + 1);
            assertThat(problem.format()).doesNotContain("\n").doesNotContain("REDACTED");
          });
    }
    assertThat(any).as("some mutants are broken").isTrue();
  }

  /** Everything that is wrong with the kitchen; what is thrown else fails the test. */
  private List<Problem> findings() {
    Kitchen read = Kitchen.open(dir);
    try {
      read.config();
      read.select(Orders.parse(List.of("node:a")), Optional.empty());
      read.nodeDocument("a");
      return List.of();
    } catch (FixException e) {
      assertThat(e.problems()).isNotEmpty();
      return e.problems();
    }
  }
}
