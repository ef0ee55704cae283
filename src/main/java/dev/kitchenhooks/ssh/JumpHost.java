package dev.kitchenhooks.ssh;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One host of a ProxyJump, {@code [user@]host[:port]} or {@code ssh://[user@]host[:port]}. What it
 * leaves out comes from ssh_config.
 */
record JumpHost(Optional<String> user, String host, OptionalInt port) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:ssh://)?(?:(?<user>\\S+)@)?(?:\\[(?<v6>[^]]+)]|(?<host>[^:@\\s]+))(?::(?<port>\\d{1,5}))?/?");

  /**
   * @throws IllegalArgumentException if {@code text} is no such thing
   */
  static JumpHost parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a gateway; write [user@]host[:port]");
    }
    String v6 = form.group("v6");
    String port = form.group("port");
    return new JumpHost(
        Optional.ofNullable(form.group("user")),
        v6 == null ? form.group("host") : v6,
        port == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port)));
  }

  @Override
  public String toString() {
    return user.map(u -> u + "@").orElse("")
        + host
        + (port.isPresent() ? ":" + port.getAsInt() : "");
  }
}
