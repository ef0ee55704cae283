package dev.kitchenhooks.chef;

import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.kitchen.Secret;
import dev.kitchenhooks.remote.ShellWords;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How scripts are run on a node: as root, by way of sudo or what the kitchen has in its place. The
 * scripts are resources beside this class; everything that varies reaches them as an argument, and
 * no secret does.
 *
 * @param sudoPrefix what the kitchen has in the place of sudo
 * @param password what sudo gets, if there is one
 */
record AsRoot(Optional<List<String>> sudoPrefix, Optional<Secret> password) {
  private static final String SCRIPT = script("as-root.sh");

  static AsRoot of(KitchenConfig.Converge settings, Optional<Secret> password) {
    return new AsRoot(settings.sudoPrefix(), password);
  }

  /** What has to stand on stdin before everything else. */
  byte[] beforeInput() {
    return sudoPassword()
        .map(secret -> (secret.value() + "\n").getBytes(StandardCharsets.UTF_8))
        .orElse(new byte[0]);
  }

  /** The command line that runs a script with arguments. */
  String command(String script, String name, List<String> arguments) {
    boolean withPassword = sudoPassword().isPresent();
    List<String> sudo =
        withPassword ? List.of("sudo", "-S", "-p", "", "--") : List.of("sudo", "-n", "--");
    List<String> words = new ArrayList<>(List.of("sh", "-c", SCRIPT, "fix-as-root"));
    words.add(withPassword ? "password" : "none");
    words.add(ShellWords.join(sudoPrefix.orElse(sudo)));
    words.addAll(List.of("sh", "-c", script, name));
    words.addAll(arguments);
    return ShellWords.join(words);
  }

  /** A prefix of the operator's own gets the password where it asks for it as sudo does. */
  private Optional<Secret> sudoPassword() {
    boolean wanted = sudoPrefix.map(words -> words.contains("-S")).orElse(true);
    return wanted ? password : Optional.empty();
  }

  /** The text of scripts, one after the other, without comments and indentation: it travels. */
  static String script(String... names) {
    var text = new StringBuilder();
    for (String name : names) {
      try (InputStream in = AsRoot.class.getResourceAsStream(name)) {
        if (in == null) {
          throw new IllegalStateException("not packaged: " + name);
        }
        new String(in.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .map(String::stripLeading)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .forEach(line -> text.append(line).append('\n'));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return text.toString();
  }
}
