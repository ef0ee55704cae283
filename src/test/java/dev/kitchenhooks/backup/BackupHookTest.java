package dev.kitchenhooks.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kitchenhooks.apphook.AppMoment;
import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.testkit.AppHookCall;
import dev.kitchenhooks.testkit.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupHookTest {
  private static final String COMPOSE =
      """
      volumes: {pgdata: , logs: }
      x-backups:
        pgdata: {retention_days: 3}
        logs: {retention_days: 30}
      """;

  @TempDir Path dir;
  private AppHookCall calls;
  private Path borgmatic;
  private Path backups;

  @BeforeEach
  void configure() throws IOException {
    borgmatic = dir.resolve("borgmatic.d");
    backups = Files.createDirectories(dir.resolve("backups"));
    Path passphrase = Files.writeString(dir.resolve("it's a passphrase"), "secret\n");
    Path hooks = Files.writeString(dir.resolve("hooks.yaml"), "on_error:\n    - echo failed\n");
    calls =
        AppHookCall.in(dir.resolve("kitchen"))
            .with("HOME", dir.toString())
            .with("BORG_BASE_DIR", dir.resolve("borg").toString())
            .compose(COMPOSE);
    configure("\"hooks\": \"%s\"".formatted(hooks), passphrase);
  }

  private void configure(String more, Path passphrase) throws IOException {
    calls.conf(
        "backup/backup.json",
        """
        {
          "repository": "%s",
          "passcommand": ["cat", "%s"],
          "directory": "%s",
          "volumes": "%s",
          %s
        }
        """
            .formatted(backups, passphrase, borgmatic, dir.resolve("volumes"), more));
  }

  @Test
  void aDeployMakesRepositoriesAndConfigurationsThatBorgmaticAccepts() throws Exception {
    Programs.need("borg");

    assertThat(deploy())
        .containsExactly(
            "shop-prod_pgdata is kept 3 days; new repository " + backups + "/shop-prod_pgdata",
            "shop-prod_logs is kept 30 days; new repository " + backups + "/shop-prod_logs");

    assertThat(names()).containsExactly("shop-prod_logs.yaml", "shop-prod_pgdata.yaml");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(borgmatic.resolve("shop-prod_pgdata.yaml"))))
        .isEqualTo("rw-------");
    assertThat(backups.resolve("shop-prod_pgdata/config")).exists();
    assertThat(borgmatic.resolve("shop-prod_pgdata.yaml"))
        .content()
        .contains("keep_within: \"3d\"", "check_last: 3", dir + "/volumes/shop-prod_pgdata\"");
    assertBorgmaticAccepts();
  }

  @Test
  void theFlatFormatIsAcceptedByABorgmaticThatKnowsIt() throws Exception {
    Programs.need("borg");
    assumeTrue(
        borgmaticOfTheFlatFormat(), "borgmatic here is older than 1.8 and has no flat format");
    configure("\"format\": \"flat\"", dir.resolve("it's a passphrase"));

    deploy();

    assertBorgmaticAccepts();
  }

  @Test
  void aRepositoryThatIsThereIsShownAndHarmless() {
    Programs.need("borg");
    deploy();

    assertThat(deploy())
        .containsExactly(
            "shop-prod_pgdata is kept 3 days; the repository %s/shop-prod_pgdata is there already"
                .formatted(backups),
            "shop-prod_logs is kept 30 days; the repository %s/shop-prod_logs is there already"
                .formatted(backups));
  }

  @Test
  void aRepositoryThatCannotBeMadeIsAnErrorAfterAllElseIsDone() throws Exception {
    Programs.need("borg");
    Files.writeString(backups.resolve("shop-prod_pgdata"), "in the way");

    assertThatExceptionOfType(FixException.class)
        .isThrownBy(this::deploy)
        .withMessage(
            "borgmatic is configured, but there may be no repository at %s/shop-prod_pgdata"
                .formatted(backups))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NODE_FAILED));
    assertThat(names()).containsExactly("shop-prod_logs.yaml", "shop-prod_pgdata.yaml");
    assertThat(backups.resolve("shop-prod_logs/config")).exists();
  }

  @Test
  void aVolumeThatIsNotBackedUpAnyMoreLeavesNoConfiguration() throws Exception {
    Programs.need("borg");
    deploy();
    calls.compose(COMPOSE + "x-prod-backups: {logs: }\n");

    assertThat(deploy()).contains("no more backups of shop-prod_logs");

    assertThat(names()).containsExactly("shop-prod_pgdata.yaml");
    calls.compose("services: {web: {image: x}}\n");
    assertThat(deploy())
        .containsExactly("no more backups of shop-prod_pgdata", "shop asks for no backups");
    assertThat(names()).isEmpty();
  }

  @Test
  void anUndeployRemovesConfigurationsAndNotRepositories() throws Exception {
    Programs.need("borg");
    deploy();
    calls.call(new BackupHook(), AppMoment.POST_DEPLOY, "shop", "dev");
    calls.call(new BackupHook(), AppMoment.POST_DEPLOY, "shop-prod", "dev");
    Files.writeString(borgmatic.resolve("own.yaml"), "# somebody's own\n");
    Files.delete(calls.composeFile());

    assertThat(undeploy())
        .containsExactly(
            "no more backups of shop-prod_logs, shop-prod_pgdata; what was backed up stays");

    assertThat(names())
        .containsExactly(
            "own.yaml",
            "shop-dev_logs.yaml",
            "shop-dev_pgdata.yaml",
            "shop-prod-dev_logs.yaml",
            "shop-prod-dev_pgdata.yaml");
    assertThat(backups.resolve("shop-prod_pgdata/config")).exists();
    assertThat(undeploy()).containsExactly("shop had no backups in prod");
  }

  @Test
  void configurationsOfAnOlderToolAreRemovedByName() throws IOException {
    Files.createDirectories(borgmatic);
    Files.writeString(borgmatic.resolve("shop-prod_pgdata.yaml"), "location: {}\n");
    Files.writeString(borgmatic.resolve("shop-prod_other.yaml"), "location: {}\n");

    undeploy();

    assertThat(names()).containsExactly("shop-prod_other.yaml");
  }

  @Test
  void aNameThatBelongsToAnotherApplicationIsRefusedAsAWhole() throws Exception {
    Files.createDirectories(borgmatic);
    String other = new Owner("shop-prod", "x").line() + "\nlocation: {}\n";
    Files.writeString(borgmatic.resolve("shop-prod_logs.yaml"), other);

    assertThatExceptionOfType(FixException.class)
        .isThrownBy(this::deploy)
        .withMessageContaining("is the configuration of shop-prod in x, and nothing was written");
    assertThat(names()).containsExactly("shop-prod_logs.yaml");
    assertThat(borgmatic.resolve("shop-prod_logs.yaml")).hasContent(other);
  }

  @Test
  void withoutARepositoryBackupsAreRefused() throws IOException {
    AppHookCall bare = AppHookCall.in(dir.resolve("bare")).compose(COMPOSE);

    assertThatExceptionOfType(FixException.class)
        .isThrownBy(() -> bare.call(new BackupHook(), AppMoment.POST_DEPLOY, "shop", "prod"))
        .withMessage("shop asks for backups of pgdata, logs, and no repository is named");
    bare.compose("services: {}\n");
    assertThat(bare.call(new BackupHook(), AppMoment.POST_DEPLOY, "shop", "prod"))
        .containsExactly("shop asks for no backups");
    assertThat(bare.call(new BackupHook(), AppMoment.POST_UNDEPLOY, "shop", "prod"))
        .containsExactly("no backups are configured: there is no confs/backup/backup.json");
  }

  @Test
  void aComposeFileThatIsMissingOrEmptyOrBrokenIsAnError() throws IOException {
    for (String text : List.of("", "a: [\n", "x-backups: 3\n")) {
      calls.compose(text);
      assertThatExceptionOfType(FixException.class)
          .as(text)
          .isThrownBy(this::deploy)
          .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INVALID));
    }
    Files.delete(calls.composeFile());
    assertThatExceptionOfType(FixException.class).isThrownBy(this::deploy);
    assertThat(borgmatic).doesNotExist();
  }

  @Test
  void thePassphraseIsInNoArgumentAndNoVariable() {
    var conf =
        new BackupConf(
            "/b",
            List.of("cat", "/root/it's"),
            "repokey",
            borgmatic,
            Optional.empty(),
            Optional.empty(),
            BackupConf.Format.SECTIONS,
            "zstd",
            "borg",
            Duration.ofMinutes(1));
    var command =
        new Borg(conf, Map.of("BORG_PASSPHRASE", "secret", "PATH", "/bin"), dir)
            .command(new Repository("n", dir, "/b/n", 3));

    assertThat(command.argv())
        .containsExactly("borg", "--log-json", "init", "--encryption=repokey", "--", "/b/n");
    assertThat(command.environment())
        .isEqualTo(Map.of("BORG_PASSCOMMAND", "cat '/root/it'\\''s'", "PATH", "/bin"));
  }

  private List<String> deploy() {
    return calls.call(new BackupHook(), AppMoment.POST_DEPLOY, "shop", "prod");
  }

  private List<String> undeploy() {
    return calls.call(new BackupHook(), AppMoment.POST_UNDEPLOY, "shop", "prod");
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(borgmatic)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(name -> !name.equals(".fix.lock"))
          .sorted()
          .toList();
    }
  }

  private static boolean borgmaticOfTheFlatFormat() throws Exception {
    String version =
        Programs.run(List.of(Programs.need("borgmatic").toString(), "--version")).strip();
    return !version.matches("1\\.[0-7]\\..*");
  }

  /** Until 1.8 the check was a program of its own. */
  private void assertBorgmaticAccepts() throws Exception {
    Programs.need("borgmatic");
    Optional<Path> old = Programs.find("validate-borgmatic-config");
    for (String name : names()) {
      String file = borgmatic.resolve(name).toString();
      Programs.run(
          old.isPresent()
              ? List.of(old.get().toString(), "--config", file)
              : List.of(
                  Programs.need("borgmatic").toString(), "config", "validate", "--config", file));
    }
  }
}
