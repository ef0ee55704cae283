package dev.kitchenhooks.kitchen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Broken nodes, roles and environments, with all that is said of each, word for word. */
class BrokenKitchenTest {
  @TempDir Path dir;

  static Stream<Broken> errors() {
    return Stream.of(BrokenNodes.all(), BrokenRoles.roles(), BrokenRoles.environments())
        .flatMap(cases -> cases);
  }

  static Stream<Broken> warnings() {
    return Stream.of(
        Broken.node(
            "other name",
            "{\n  \"name\": \"b\"\n}",
            "nodes/a.json:2:11: warning: the node is called \"b\" here (its file's name counts:"
                + " \"a\")"),
        Broken.of(
            "other name of a role and of an environment",
            kitchen ->
                kitchen
                    .node("a", "staging", "role[db/primary]", "role[web]")
                    .roleJson("db/primary", "{\"name\": \"primary\"}")
                    .roleJson("web", "{\"name\": \"www\"}")
                    .environmentJson("staging", "{\"name\": \"Staging\"}"),
            "environments/staging.json:1:10: warning: the environment is called \"Staging\" here"
                + " (its file's name counts: \"staging\")",
            "roles/web.json:1:10: warning: the role is called \"www\" here (its file's name counts:"
                + " \"web\")"),
        Broken.of(
            "role in Ruby",
            kitchen ->
                kitchen
                    .node("a", "_default", "role[legacy]", "role[web]")
                    .role("web", "role[legacy]")
                    .file("roles/legacy.rb", "name 'legacy'\n"),
            "roles/legacy.rb: warning: a role in Ruby is not read: orders and filters do not see"
                + " what it contains (write it as JSON, roles/legacy.json)"));
  }

  @ParameterizedTest
  @MethodSource
  void errors(Broken broken) {
    Kitchen kitchen = build(broken);
    var e = catchThrowableOfType(FixException.class, () -> select(kitchen));
    assertThat(e).hasMessage("\"node:a\" needs files that are not valid");
    assertThat(e.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(e.problems()).extracting(Problem::format).containsExactlyElementsOf(broken.said());
  }

  @ParameterizedTest
  @MethodSource
  void warnings(Broken broken) {
    assertThat(select(build(broken)).warnings())
        .extracting(Problem::format)
        .containsExactlyElementsOf(broken.said());
  }

  private Kitchen build(Broken broken) {
    KitchenBuilder sound =
        KitchenBuilder.in(dir).environment("staging").role("base").role("db/primary");
    if (!broken.name().equals("a directory")) {
      sound.node("a");
    }
    // Cases that are not about this role may do without it, others replace it.
    sound.role("web");
    return Kitchen.open(broken.breaking().apply(sound).directory());
  }

  private static Selection select(Kitchen kitchen) {
    return kitchen.select(Orders.parse(List.of("node:a")), Optional.empty());
  }
}
