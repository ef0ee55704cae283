package dev.kitchenhooks.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.HookType;
import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkipFlagsTest {
  private static final List<HookDefinition> HOOKS =
      List.of(TestHooks.hook("lb drain", "node_predeployhook").tagged("slow").definition());

  @Test
  void readsTypesNamesAndTags() {
    SkipFlags flags =
        SkipFlags.parse(
            false,
            List.of("lb drain", "tag:slow", "node_postpromotehook"),
            HOOKS,
            List.of("promote"));
    assertThat(flags.skips())
        .containsExactly(
            new SkipFlags.Skip.Named("lb drain"),
            new SkipFlags.Skip.Tagged("slow"),
            new SkipFlags.Skip.OfType(HookType.parse("node_postpromotehook").orElseThrow()));
  }

  @ParameterizedTest
  @CsvSource({
    "lb drian,             did you mean \"lb drain\"?",
    "tag:slwo,             did you mean \"tag:slow\"?",
    "node_predeployhok,    did you mean \"node_predeployhook\"?",
    "user,                 fix hooks list shows them; a tag is given as tag:TAG",
    "slow,                 fix hooks list shows them; a tag is given as tag:TAG",
    "'',                   fix hooks list shows them; a tag is given as tag:TAG",
  })
  void whatStandsForNothingIsRefused(String value, String hint) {
    assertThatExceptionOfType(FixException.class)
        .isThrownBy(() -> SkipFlags.parse(false, List.of(value), HOOKS, List.of("promote")))
        .withMessage("--skip-hooks %s: no hook has this type, name or tag", value)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INVALID))
        .satisfies(e -> assertThat(e.hint()).isEqualTo(hint));
  }

  @Test
  void phasesThatAreNotDeclaredAreRefused() {
    Phases.require("deploy", List.of());
    Phases.require("rollback", List.of());
    Phases.require("promote", List.of("promote"));
    assertThatExceptionOfType(FixException.class)
        .isThrownBy(() -> Phases.require("promot", List.of("promote")))
        .withMessage("no phase is called \"promot\"")
        .satisfies(e -> assertThat(e.hint()).isEqualTo("did you mean \"promote\"?"));
    assertThatExceptionOfType(FixException.class)
        .isThrownBy(() -> Phases.require("canary", List.of("promote")))
        .satisfies(e ->
            assertThat(e.hint())
                .isEqualTo("declare it in littlechef.cfg, under [hooks]: phases = canary"));
  }
}
