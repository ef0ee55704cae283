package dev.kitchenhooks.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JumpHostTest {
  @ParameterizedTest
  @CsvSource({
    "gw, , gw, ",
    "me@gw, me, gw, ",
    "me@gw.example.com:2022, me, gw.example.com, 2022",
    "[2001:db8::1]:22, , 2001:db8::1, 22",
    "ssh://me@gw:2022/, me, gw, 2022",
    "ssh://[::1], , ::1, "
  })
  void everyForm(String text, String user, String host, Integer port) {
    JumpHost jump = JumpHost.parse(text);
    assertThat(jump.user().orElse(null)).isEqualTo(user);
    assertThat(jump.host()).isEqualTo(host);
    assertThat(jump.port().isPresent() ? jump.port().getAsInt() : null).isEqualTo(port);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "@gw", "gw:", "gw:x", "gw:123456", "2001:db8::1", "a b"})
  void whatIsNoGateway(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JumpHost.parse(text))
        .withMessage("'" + text + "' is not a gateway; write [user@]host[:port]");
  }
}
