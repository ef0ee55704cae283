package dev.kitchenhooks.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
  @TempDir Path dir;

  private Kitchen kitchen(String... lines) {
    return Kitchen.open(KitchenBuilder.in(dir).cfg(lines).directory());
  }

  private List<String> warnings(String... lines) {
    return kitchen(lines).configWarnings().stream().map(Problem::format).toList();
  }

  @Test
  void everyDefault() {
    var ssh =
        new KitchenConfig.Ssh(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Duration.ofSeconds(10));
    Kitchen empty = kitchen();
    assertThat(empty.config().ssh()).isEqualTo(ssh);
    assertThat(empty.config().converge())
        .isEqualTo(
            new KitchenConfig.Converge(
                List.of(),
                Optional.empty(),
                "/var/lib/fix/kitchen",
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                new KitchenConfig.Chef(
                    KitchenConfig.Chef.Program.SOLO, "accept-no-persist", "/var/log/chef/solo.log"),
                Optional.empty()));
    assertThat(empty.config().hooks().phases()).isEmpty();
    assertThat(empty.config().hooks().timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(empty.config().hooks().killAfter()).isEqualTo(Duration.ofSeconds(30));
    assertThat(empty.configWarnings()).isEmpty();
  }

  @Test
  void aKitchenWithoutTheFileHasTheDefaults() {
    Path bare = KitchenBuilder.emptyIn(dir).node("a").role("b").directory();
    assertThat(Kitchen.open(bare).config().converge().command()).isEmpty();
  }

  /** The file that LittleChef's new_kitchen writes: every key is there, without a value. */
  @Test
  void asNewKitchenWritesIt() {
    assertThat(
            warnings(
                "[userinfo]",
                "user = ",
                "password = ",
                "keypair-file = ",
                "ssh-config = ",
                "encrypted_data_bag_secret = ",
                "[kitchen]",
                "node_work_path = /tmp/chef-solo/",
                "[connection]",
                "gateway ="))
        .isEmpty();
    assertThat(Kitchen.open(dir).config().ssh().user()).isEmpty();
    assertThat(Kitchen.open(dir).config().converge().nodeWorkPath()).isEqualTo("/tmp/chef-solo/");
  }

  @Test
  void everyKey() {
    KitchenConfig config =
        kitchen(
                "[userinfo]",
                "User = deploy ; the operator",
                "password: hunter2%off",
                "keypair-file = ~/.ssh/id_ed25519",
                "ssh_config = ./ssh/config",
                "encrypted_data_bag_secret = /etc/secret",
                "remove_data_bags = True",
                "[connection]",
                "gateway = jump@gw.example.com:2222",
                "accept_new = YES",
                "connect-timeout = 2s",
                "[ssh]",
                "sudo_prefix = doas -u 'root' -p '%(sudo_prompt)s'",
                "[kitchen]",
                "node_work_path = ~/kitchen",
                "follow_symlinks = on",
                "converge_command = cinc-solo -l \"warn\"",
                "  --force-logger",
                "converge-timeout = 1h30m",
                "[hooks]",
                "phases = promote, rollback2 ,",
                "timeout = 5m",
                "kill_after = 250ms")
            .config();
    assertThat(config.ssh().user()).contains("deploy");
    assertThat(config.ssh().password()).contains(new Secret("hunter2%off"));
    assertThat(config.ssh().keyFile())
        .contains(Path.of(System.getProperty("user.home"), ".ssh/id_ed25519"));
    assertThat(config.ssh().sshConfig()).contains(dir.resolve("ssh/config"));
    assertThat(config.ssh().gateway()).contains("jump@gw.example.com:2222");
    assertThat(config.ssh().acceptNew()).isTrue();
    assertThat(config.ssh().connectTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.converge())
        .isEqualTo(
            new KitchenConfig.Converge(
                List.of("cinc-solo", "-l", "warn", "--force-logger"),
                Optional.of(Duration.ofMinutes(90)),
                "kitchen",
                Optional.of(List.of("doas", "-u", "root", "-p", "")),
                Optional.of(Path.of("/etc/secret")),
                true,
                true,
                new KitchenConfig.Chef(
                    KitchenConfig.Chef.Program.SOLO, "accept-no-persist", "kitchen/solo.log"),
                Optional.empty()));
    assertThat(config.hooks().phases()).containsExactly("promote", "rollback2");
    assertThat(config.hooks().timeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.hooks().killAfter()).isEqualTo(Duration.ofMillis(250));
    assertThat(config.toString()).doesNotContain("hunter2");
  }

  @Test
  void valuesReferToOtherKeysAsInPython() {
    KitchenConfig config =
        kitchen(
                "[DEFAULT]",
                "base = /srv",
                "timeout = 7s",
                "[kitchen]",
                "dir = %(base)s/100%%",
                "node_work_path = %(dir)s/x",
                "[hooks]")
            .config();
    assertThat(config.converge().nodeWorkPath()).isEqualTo("/srv/100%/x");
    assertThat(config.hooks().timeout()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void whatIsNotKnownIsAWarning() {
    assertThat(
            warnings(
                "[userinfo]",
                "usr = me",
                "nonsense = 1",
                "gateway = x",
                "autodeploy_chef = yes",
                "[conection]",
                "gateway = x",
                "[Kitchen]",
                "[somewhere]",
                "[connection]",
                "http_proxy = http://proxy",
                "https_proxy ="))
        .containsExactly(
            "littlechef.cfg:2:1: warning: unknown key \"usr\" in [userinfo] (did you mean"
                + " \"user\"?)",
            "littlechef.cfg:3:1: warning: unknown key \"nonsense\" in [userinfo]",
            "littlechef.cfg:4:1: warning: unknown key \"gateway\" in [userinfo] (it belongs in"
                + " [connection])",
            "littlechef.cfg:6:1: warning: unknown section \"conection\" (did you mean"
                + " [connection]?)",
            "littlechef.cfg:8:1: warning: unknown section \"Kitchen\" (did you mean [kitchen]?)",
            "littlechef.cfg:9:1: warning: unknown section \"somewhere\"");
  }

  @Test
  void aKeyAgainIsAWarningAndTheLaterOneCounts() {
    assertThat(warnings("[userinfo]", "ssh-config = a", "[userinfo]", "ssh_config = b"))
        .containsExactly(
            "littlechef.cfg:4:1: warning: \"ssh_config\" again; this one counts, not"
                + " littlechef.cfg:2:1");
    assertThat(Kitchen.open(dir).config().ssh().sshConfig()).contains(dir.resolve("b"));
  }

  @Test
  void oldNamesAreStillReadTogether() {
    KitchenBuilder.emptyIn(dir)
        .file("config.cfg", "[userinfo]\nuser = a\n[kitchen]\nfollow_symlinks = yes\n")
        .file("auth.cfg", "[userinfo]\nuser = b\n");
    Kitchen kitchen = Kitchen.open(dir);
    assertThat(kitchen.config().ssh().user()).contains("b");
    assertThat(kitchen.config().converge().followSymlinks()).isTrue();
    assertThat(kitchen.configWarnings())
        .extracting(Problem::format)
        .containsExactly(
            "auth.cfg: warning: the name of this file is out of date (rename it to"
                + " littlechef.cfg)",
            "auth.cfg:2:1: warning: \"user\" again; this one counts, not config.cfg:2:1",
            "config.cfg: warning: the name of this file is out of date (rename it to"
                + " littlechef.cfg)");
    assertThat(kitchen("[userinfo]", "user = c").configWarnings()).isEmpty();
  }

  @Test
  void aPasswordThatEveryoneCanRead() {
    KitchenBuilder.in(dir)
        .cfg("[userinfo]", "password = hunter2")
        .permissions("littlechef.cfg", "rw-r--r--");
    assertThat(Kitchen.open(dir).configWarnings())
        .extracting(Problem::format)
        .containsExactly(
            "littlechef.cfg:2:1: warning: holds a password, and everyone on this machine can read"
                + " it (chmod 600 littlechef.cfg)");
  }
}
