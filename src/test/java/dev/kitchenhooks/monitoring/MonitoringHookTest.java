package dev.kitchenhooks.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kitchenhooks.apphook.AppMoment;
import dev.kitchenhooks.apphook.Confs;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the hook does to files: the documented behaviour, and that its known defects are absent. */
class MonitoringHookTest {
  private static final Path SCRIPT = Path.of("kitchen/hooks/app/monitoring");

  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000);

  @TempDir Path kitchen;
  private MonitoringCalls calls = new MonitoringCalls(Path.of(""), Map.of());

  @BeforeEach
  void configure() throws IOException {
    calls = MonitoringCalls.inPlainDirectory(kitchen);
  }

  private List<String> lint() {
    var problems = new Problems();
    new MonitoringHook().lint(Confs.of(kitchen), problems);
    return problems.sorted().stream().map(Problem::format).toList();
  }

  @Test
  void beforeADeployTheServicesAreLabelledWhateverTheVersion() throws IOException {
    Files.writeString(calls.composeFile(), "services:\n  web: {image: x} # front\n");
    Files.setPosixFilePermissions(
        calls.composeFile(), PosixFilePermissions.fromString("rw-------"));
    calls.run(AppMoment.PRE_DEPLOY, "shop", "prod");
    assertThat(calls.composeFile())
        .hasContent(
            "services:\n  web: {image: x, labels: {capp.app: shop, capp.environment: prod}} #"
                + " front\n");
    assertThat(Files.getPosixFilePermissions(calls.composeFile()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    Files.setLastModifiedTime(calls.composeFile(), LONG_AGO);
    calls.run(AppMoment.PRE_DEPLOY, "shop", "prod");
    assertThat(Files.getLastModifiedTime(calls.composeFile())).isEqualTo(LONG_AGO);
    assertThat(calls.said)
        .containsExactly(
            "labelled the services of docker-compose.yml",
            "docker-compose.yml has its labels already");
  }

  @Test
  void withoutAComposeFileNothingIsLabelled() {
    calls.run(AppMoment.PRE_DEPLOY, "shop", "prod");
    assertThat(calls.said).singleElement().asString().endsWith(": nothing to label");
  }

  @Test
  void aComposeFileThatIsNoneStaysAsItIs() throws IOException {
    String text = "services: [a]\nservices: 3\n";
    Files.writeString(calls.composeFile(), text);
    assertThatExceptionOfType(FixException.class)
        .isThrownBy(() -> calls.run(AppMoment.PRE_DEPLOY, "shop", "prod"))
        .satisfies(e -> assertThat(e.problems()).hasSize(1));
    assertThat(calls.composeFile()).hasContent(text);
  }

  @Test
  void aDashboardComesAndGoes() throws IOException {
    calls.run(AppMoment.POST_DEPLOY, "shop", "prod");
    calls.run(AppMoment.POST_DEPLOY, "shop", "dev");
    assertThat(Files.getPosixFilePermissions(calls.dashboard("shop")))
        .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
    String both = Files.readString(calls.dashboard("shop"));
    calls.run(AppMoment.POST_UNDEPLOY, "shop", "staging");
    assertThat(calls.dashboard("shop")).hasContent(both);
    calls.run(AppMoment.POST_UNDEPLOY, "shop", "dev");
    assertThat(calls.dashboard("shop")).exists();
    calls.run(AppMoment.POST_UNDEPLOY, "shop", "prod");
    assertThat(calls.dashboard("shop")).doesNotExist();
    calls.run(AppMoment.POST_UNDEPLOY, "shop", "prod");
    calls.run(AppMoment.PRE_UNDEPLOY, "shop", "prod");
    String file = calls.dashboard("shop").toString();
    assertThat(calls.said)
        .containsExactly(
            "wrote " + file,
            "wrote " + file,
            "nothing to change in " + file,
            "wrote " + file,
            "deleted " + file + ": no environment is left",
            "nothing to change in " + file,
            "nothing to do at pre_undeploy");
  }

  @Test
  void undeployingWhatWasNeverDeployedDeletesNothing() {
    calls.run(AppMoment.POST_DEPLOY, "shop", "prod");
    calls.run(AppMoment.POST_UNDEPLOY, "shop", "dev");
    assertThat(calls.dashboard("shop")).exists();
  }

  @Test
  void aSecondDeployDoesNotWriteAgain() throws IOException {
    calls.run(AppMoment.POST_DEPLOY, "shop", "prod");
    Files.setLastModifiedTime(calls.dashboard("shop"), LONG_AGO);
    calls.run(AppMoment.POST_DEPLOY, "shop", "prod");
    assertThat(Files.getLastModifiedTime(calls.dashboard("shop"))).isEqualTo(LONG_AGO);
  }

  @Test
  void aLockFileThatAnotherProgramHasLeftIsInNobodysWay() throws IOException {
    Files.createFile(calls.dashboards().resolve("shop_services.json.lock"));
    calls.run(AppMoment.POST_DEPLOY, "shop", "prod");
    assertThat(calls.dashboard("shop")).exists();
  }

  @ParameterizedTest
  @CsvSource({"shop2,false", "shop3,false", "other,true", "'#',true", "shop,true"})
  void everyLineOfTheBlacklistCounts(String app, boolean dashboard) throws IOException {
    calls.conf("blacklist", "\uFEFF# none for these\n\n  shop2 \r\nmonitoring\nshop3");
    if (!app.equals("#")) {
      calls.run(AppMoment.POST_DEPLOY, app, "prod");
      assertThat(Files.exists(calls.dashboard(app))).isEqualTo(dashboard);
    }
    assertThat(Blacklist.parse("# a\n#\n").applications()).isEmpty();
  }

  @Test
  void withoutABlacklistTheMonitoringItselfHasNoDashboard() {
    calls.run(AppMoment.POST_DEPLOY, "monitoring", "prod");
    assertThat(calls.dashboard("monitoring")).doesNotExist();
    assertThat(calls.said)
        .containsExactly("monitoring has no dashboard: it is in confs/monitoring/blacklist");
  }

  @Test
  void whereThereIsNoDirectoryOfDashboardsNoneIsMade() throws IOException {
    Files.delete(calls.dashboards());
    calls.run(AppMoment.POST_DEPLOY, "shop", "prod");
    calls.run(AppMoment.POST_UNDEPLOY, "shop", "prod");
    assertThat(calls.dashboards()).doesNotExist();
    assertThat(calls.said)
        .containsOnly("no dashboard: there is no directory " + calls.dashboards());
  }

  @Test
  void whereThereIsNoEngineNothingIsWritten() throws IOException {
    var bare = new MonitoringCalls(kitchen, Map.of("PATH", kitchen.toString()));
    bare.conf("monitoring.json", "{}");
    bare.run(AppMoment.POST_DEPLOY, "shop", "prod");
    bare.run(AppMoment.POST_UNDEPLOY, "shop", "prod");
    assertThat(bare.said).containsOnly("no dashboard: there is neither docker nor podman");
    assertThat(calls.dashboards()).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{", "[]", "3", "'{\"a\": 1, \"a\": 2}'"})
  void aDamagedDashboardIsLeftAsItIs(String text) throws IOException {
    Files.writeString(calls.dashboard("shop"), text);
    for (AppMoment moment : List.of(AppMoment.POST_DEPLOY, AppMoment.POST_UNDEPLOY)) {
      assertThatExceptionOfType(FixException.class)
          .isThrownBy(() -> calls.run(moment, "shop", "prod"));
    }
    assertThat(calls.dashboard("shop")).hasContent(text);
  }

  @Test
  void anEnvironmentWithoutARowWritesNothing() {
    assertThatExceptionOfType(FixException.class)
        .isThrownBy(() -> calls.run(AppMoment.POST_DEPLOY, "shop", "preprod"));
    assertThat(calls.dashboard("shop")).doesNotExist();
  }

  @Test
  void allThatIsWrongWithTheConfigurationIsSaidAtOnceAndStopsIt() throws IOException {
    calls.conf(
        "monitoring.json",
        """
        {
          "volumes": "x",
          "environments": ["Prod"],
          "directory": "a",
          "lock_wait": "soon"
        }
        """);
    calls.conf("templates/dashboard.json", "{\"title\": \"@NAME@ and @APP@\"}");
    calls.conf("templates/row.json", "{\"panels\": [\"cpu-usage\", \"none\", \"../x\", 3]}");
    calls.conf("templates/cpu-usage.json", "[]");
    List<String> expected =
        List.of(
            "confs/monitoring/monitoring.json:2:3: error: unknown key \"volumes\" (did you mean"
                + " \"volume\"?)",
            "confs/monitoring/monitoring.json:3:20: error: \"environments[0]\" must be an"
                + " environment's name in small letters, not \"Prod\"",
            "confs/monitoring/monitoring.json:4:16: error: \"directory\" must be an absolute path,"
                + " not \"a\"",
            "confs/monitoring/monitoring.json:5:16: error: \"lock_wait\" must be a duration such as"
                + " \"20s\" or \"1m\", not \"soon\"",
            "confs/monitoring/templates/cpu-usage.json:1:1: error: a template is one JSON object,"
                + " not a list",
            "confs/monitoring/templates/dashboard.json:1:11: error: @NAME@ stands for nothing"
                + " (known are @APP@, @ENVIRONMENTS@, @SELECTOR@, @TITLE@)",
            "confs/monitoring/templates/row.json:1:26: error: there is no template \"none\" (it"
                + " would be confs/monitoring/templates/none.json)",
            "confs/monitoring/templates/row.json:1:34: error: \"../x\" is not the name of a"
                + " template",
            "confs/monitoring/templates/row.json:1:42: error: 3 is not the name of a template");
    assertThat(lint()).containsExactlyElementsOf(expected);
    assertThatExceptionOfType(FixException.class)
        .isThrownBy(() -> calls.run(AppMoment.POST_DEPLOY, "shop", "prod"))
        .satisfies(e ->
            assertThat(e.problems())
                .extracting(Problem::format)
                .containsExactlyElementsOf(expected));
  }

  @Test
  void aTemplateOfTheKitchensOwnIsUsed() throws IOException {
    calls.conf(
        "templates/row.json",
        "{\"title\": \"@TITLE@ for @ENVIRONMENTS@\", \"type\": \"row\", \"panels\": [\"own\"]}");
    calls.conf("templates/own.json", "{\"title\": \"@APP@ {{ name }}\"}");
    calls.run(AppMoment.POST_DEPLOY, "shop", "prod");
    assertThat(Files.readString(calls.dashboard("shop")))
        .contains("\"title\": \"shop {{ name }}\"", "\"id\": 2001", "Shop for Prod environment");
  }

  @Test
  void itsScriptPassesItsArgumentsOn() throws Exception {
    Path fix = kitchen.resolve("its fix");
    Files.writeString(fix, "#!/bin/sh\nprintf '<%s>' \"$@\"\n");
    Files.setPosixFilePermissions(fix, PosixFilePermissions.fromString("rwx------"));
    var script = new ProcessBuilder("sh", SCRIPT.toString(), "shop", "prod", "1", "a b", "t");
    script.environment().put("FIX_PROGRAM", fix.toString());
    assertThat(new String(script.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("<app-hook><monitoring><shop><prod><1><a b><t>");
  }

  @Test
  void theShippedConfigurationIsValidAndTheDefault() {
    var problems = new Problems();
    Confs shipped = Confs.of(Path.of("kitchen").toAbsolutePath());
    new MonitoringHook().lint(shipped, problems);
    assertThat(problems.sorted()).isEmpty();
    assertThat(MonitoringConf.read(shipped, problems)).contains(MonitoringConf.DEFAULT);
    assertThat(Blacklist.read(shipped, problems).applications()).containsExactly("monitoring");
    assertThat(Path.of("src/main/resources/dev/kitchenhooks/monitoring/monitoring.schema.json"))
        .hasSameTextualContentAs(Path.of("docs", "monitoring.schema.json"));
  }
}
