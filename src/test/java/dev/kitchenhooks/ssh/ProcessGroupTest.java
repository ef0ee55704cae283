package dev.kitchenhooks.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
