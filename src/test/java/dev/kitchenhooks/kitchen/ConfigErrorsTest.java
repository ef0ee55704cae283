package dev.kitchenhooks.kitchen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong values of known keys, with all that is said of each, word for word. */
class ConfigErrorsTest {
  @TempDir Path dir;

  private Kitchen kitchen(String... lines) {
    return Kitchen.open(KitchenBuilder.in(dir).cfg(lines).directory());
  }

  private List<String> errors(String... lines) {
    Kitchen kitchen = kitchen(lines);
    var e = catchThrowableOfType(FixException.class, kitchen::config);
    assertThat(e).hasMessage("the kitchen's configuration is not valid");
    assertThat(e.exitCode()).isEqualTo(ExitCode.INVALID);
    return e.problems().stream().map(Problem::format).toList();
  }

  @Test
  void everyWrongValueAtOnceAndNoneShown() {
    assertThat(
            errors(
                "[userinfo]",
                "remove_data_bags = maybe",
                "autodeploy_chef = 2",
                "password = %(hunter2)s",
                "[connection]",
                "gateway = a b",
                "accept-new = ask",
                "connect-timeout = 10",
                "[ssh]",
                "sudo_prefix = sudo '",
                "[kitchen]",
                "node_work_path = /srv/../..",
                "converge_command = sh -c \"a ; b\"",
                "converge_timeout = 0s",
                "follow_symlinks =  ja",
                "[hooks]",
                "phases = ok, Promote, pre-x",
                "timeout = 5 minutes",
                "kill-after = -1s"))
        .containsExactly(
            "littlechef.cfg:2:20: error: remove_data_bags: expected yes or no",
            "littlechef.cfg:3:19: error: autodeploy_chef: expected yes or no",
            "littlechef.cfg:4:12: error: password: a %(NAME)s in it cannot be replaced by the value"
                + " of a key (a literal percent sign is written %% in such a value)",
            "littlechef.cfg:6:11: error: gateway: expected [USER@]HOST[:PORT]",
            "littlechef.cfg:7:14: error: accept-new: expected yes or no",
            "littlechef.cfg:8:19: error: connect-timeout: expected a duration such as 30s, 5m or"
                + " 1h30m",
            "littlechef.cfg:10:15: error: sudo_prefix: a quote is not closed, or nothing follows"
                + " the last backslash (\" ;\" begins a comment)",
            "littlechef.cfg:12:18: error: node_work_path: expected a directory of its own, e.g."
                + " /var/lib/fix/kitchen",
            "littlechef.cfg:13:20: error: converge_command: a quote is not closed, or nothing"
                + " follows the last backslash (\" ;\" begins a comment)",
            "littlechef.cfg:14:20: error: converge_timeout: expected a duration such as 30s, 5m or"
                + " 1h30m",
            "littlechef.cfg:15:20: error: follow_symlinks: expected yes or no",
            "littlechef.cfg:17:10: error: phases: \"Promote\" is not a phase: expected lower case"
                + " letters and digits, with commas between",
            "littlechef.cfg:17:10: error: phases: \"pre-x\" is not a phase: expected lower case"
                + " letters and digits, with commas between",
            "littlechef.cfg:18:11: error: timeout: expected a duration such as 30s, 5m or 1h30m",
            "littlechef.cfg:19:14: error: kill-after: expected a duration such as 30s, 5m or"
                + " 1h30m");
  }

  @Test
  void everyWrongValueOfKeysThatLittleChefDoesNotHave() {
    assertThat(
            errors(
                "[kitchen]",
                "deploy_chef_command = sh 'x",
                "deploy_chef_timeout = soon",
                "vendor_command = chef \\",
                "vendor_timeout = 0s",
                "chef = chef-zero",
                "chef_license = yes",
                "log_file = /var/log/",
                "[hooks]",
                "container_engine = lxc",
                "[apps]",
                "compose_command = 'docker compose",
                "deploy_timeout = 15",
                "[sync-packages]",
                "dest-dir = packages",
                "local-dir = packages"))
        .containsExactlyInAnyOrder(
            "littlechef.cfg:2:23: error: deploy_chef_command: a quote is not closed, or nothing"
                + " follows the last backslash (\" ;\" begins a comment)",
            "littlechef.cfg:3:23: error: deploy_chef_timeout: expected a duration such as 30s, 5m or"
                + " 1h30m",
            "littlechef.cfg:4:18: error: vendor_command: a quote is not closed, or nothing follows"
                + " the last backslash (\" ;\" begins a comment)",
            "littlechef.cfg:5:18: error: vendor_timeout: expected a duration such as 30s, 5m or"
                + " 1h30m",
            "littlechef.cfg:6:8: error: chef: expected chef-solo or chef-client",
            "littlechef.cfg:7:16: error: chef_license: expected one of accept-no-persist, accept,"
                + " accept-silent",
            "littlechef.cfg:8:12: error: log_file: expected a file on the node, e.g."
                + " /var/log/chef/solo.log",
            "littlechef.cfg:10:20: error: container_engine: expected docker, podman, or an absolute"
                + " path",
            "littlechef.cfg:12:19: error: compose_command: a quote is not closed, or nothing follows"
                + " the last backslash (\" ;\" begins a comment)",
            "littlechef.cfg:13:18: error: deploy_timeout: expected a duration such as 30s, 5m or"
                + " 1h30m",
            "littlechef.cfg:15:12: error: dest-dir: expected an absolute directory of its own, e.g."
                + " /srv/packages");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "//", ".", "..", "/..", "a/../b", "~", "~bob/x", "-rf", "~/", "./"})
  void aWorkPathThatIsEverythingIsRefused(String path) {
    assertThat(errors("[kitchen]", "node_work_path = " + path)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "gw, true",
    "me@gw.example.com, true",
    "gw:22, true",
    "[::1]:22, true",
    "a@b@c, false",
    "-oProxyCommand=x, false",
    "gw:ssh, false",
    "me@, false",
  })
  void gateways(String gateway, boolean valid) {
    Kitchen kitchen = kitchen("[connection]", "gateway = " + gateway);
    var e = catchThrowableOfType(FixException.class, kitchen::config);
    assertThat(e == null).isEqualTo(valid);
  }
}
