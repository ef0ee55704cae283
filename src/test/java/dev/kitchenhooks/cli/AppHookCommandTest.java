package dev.kitchenhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code fix app-hook} is called; what each hook does is tested where it is. */
class AppHookCommandTest {
  @TempDir Path directory;

  private FixResult run(String... words) {
    return FixCommand.in(KitchenBuilder.in(directory)).run(words);
  }

  private static String[] call(String name, String app, String environment, String... more) {
    return Stream.concat(
            Stream.of("app-hook", name, app, environment, "v1.2.3", "c.yml", "."), Stream.of(more))
        .toArray(String[]::new);
  }

  @Test
  void theMomentComesFromTheHooksTypeOrIsSaid() {
    FixResult said = run(call("monitoring", "shop", "prod", "--moment", "pre_undeploy"));
    assertThat(said.err()).isEqualTo("monitoring: nothing to do at pre_undeploy\n");
    assertThat(said.exit()).isZero();
    FixResult typed =
        FixCommand.in(KitchenBuilder.in(directory))
            .with("FIX_HOOK_TYPE", "app_preundeployhook")
            .run(call("monitoring", "shop", "prod", "more", "arguments"));
    assertThat(typed).isEqualTo(said);
  }

  @Test
  void mayBeCalledInsideARunOfTheSameKitchen() {
    FixResult result =
        FixCommand.in(KitchenBuilder.in(directory))
            .with("FIX_RUN_ID", "r1")
            .with("FIX_KITCHEN", directory.toString())
            .with("FIX_HOOK_TYPE", "app_preundeployhook")
            .run(call("monitoring", "shop", "prod"));
    assertThat(result.exit()).isZero();
  }

  @Test
  void misuseIsSaid() {
    FixResult noMoment = run(call("monitoring", "shop", "prod"));
    assertThat(noMoment.err())
        .isEqualTo(
            """
            fix: which moment is it?
              -> say it with --moment: pre_deploy, post_deploy, pre_undeploy, post_undeploy
            """);
    assertThat(noMoment.exit()).isEqualTo(2);
    assertThat(run(call("monitoring", "shop", "prod", "--moment", "deploy")).err())
        .startsWith("fix: \"deploy\" is no moment of an application\n");
    assertThat(run(call("monitorin", "shop", "prod", "--moment", "pre_deploy")).err())
        .isEqualTo(
            """
            fix: there is no hook "monitorin" of applications
              -> did you mean "monitoring"?
            """);
    assertThat(run("app-hook", "monitoring", "shop").exit()).isEqualTo(2);
  }

  @Test
  void aNameThatCouldLeadElsewhereIsRefused() {
    for (String name : new String[] {"../shop", "a/b", "", ".hidden", "a b", "x\"}", "a\nb"}) {
      FixResult app = run(call("monitoring", name, "prod", "--moment", "pre_undeploy"));
      assertThat(app.err()).contains("is not the name of an application");
      assertThat(app.exit()).isEqualTo(2);
      FixResult environment = run(call("monitoring", "shop", name, "--moment", "pre_undeploy"));
      assertThat(environment.err()).contains("is not the name of an environment");
      assertThat(environment.exit()).isEqualTo(2);
    }
  }
}
