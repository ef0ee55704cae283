package dev.kitchenhooks.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kitchenhooks.remote.ShellWords;
import dev.kitchenhooks.testkit.SshKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ProcessGroupTest {
  @ParameterizedTest
  @CsvSource({
    "2.0-OpenSSH_6.6.1p1 Ubuntu-2ubuntu2, false",
    "2.0-OpenSSH_7.4, false",
    "2.0-OpenSSH_7.9p1 Debian-10, true",
    "2.0-OpenSSH_8.0, true",
    "2.0-OpenSSH_10.2p1, true",
    "2.0-APACHE-SSHD-2.20.0,",
    "2.0-dropbear_2022.83,"
  })
  void signalsAreKnownSinceOpenSsh79(String server, Boolean taken) {
    assertThat(ProcessGroup.takesSignals(server)).isEqualTo(Optional.ofNullable(taken));
  }

  /** The wrapper stands for sshd: the killing shell and the command are its children. */
  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "/bin/dash", "/bin/bash"})
  void everyShellKillsItsSiblings(String shell) throws Exception {
    assumeTrue(Files.isExecutable(Path.of(shell)), shell + " is not installed");
    String script =
        "setsid sleep 1000 & until [ $(ps -o pgid= -p $!) = $! ]; do :; done; "
            + ShellWords.join(List.of(shell, "-c", ProcessGroup.killSiblings("KILL")))
            + "; wait $!; echo $?";
    assertThat(SshKeys.run(List.of("/bin/sh", "-c", script))).endsWith("137\n");
  }
}
