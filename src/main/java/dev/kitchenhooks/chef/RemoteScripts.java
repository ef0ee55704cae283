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
import java.util.regex.Pattern;

/**
 * The command lines that are run on a node. The scripts are resources beside this class; everything
 * that varies reaches them as an argument, and no secret does.
 *
 * @param settings how the kitchen is converged
 * @param password what sudo gets, if there is one
 */
record RemoteScripts(KitchenConfig.Converge settings, Optional<Secret> password) {
  /** What deploy.sh prints once the new kitchen is in its place. */
  static final String UPLOADED = "fix: kitchen uploaded";

  /** What stop.sh exits with when there is nothing to stop, yet or any more. */
  static final int NOT_RUNNING = 3;

  private static final Pattern COMMENT = Pattern.compile("(?m)^( *#.*)?\n|^ +");
  private static final String AS_ROOT = script("as-root.sh");
  private static final String DEPLOY = script("deploy.sh");
  private static final String STOP = script("stop.sh");

  /** The signals that stop.sh sends. */
  enum Signal {
    TERM,
    KILL
  }

  /**
   * Uploads what comes on stdin and converges.
   *
   * @param token of this deploy alone, so that it can be stopped
   */
  String deploy(String token, boolean whyRun) {
    List<String> words = new ArrayList<>(List.of("sh", "-c", DEPLOY, "fix-deploy"));
    words.add(settings.nodeWorkPath());
    words.add(token);
    words.add(settings.removeDataBags() ? "yes" : "no");
    words.addAll(settings.command().isEmpty() ? chefSolo(whyRun) : settings.command());
    return asRoot(words);
  }

  /** Signals what {@link #deploy} started with the same token. */
  String stop(String token, Signal signal) {
    return asRoot(
        List.of("sh", "-c", STOP, "fix-stop", settings.nodeWorkPath(), token, signal.name()));
  }

  /** What has to stand on stdin before everything else. */
  byte[] beforeInput() {
    return sudoPassword()
        .map(secret -> (secret.value() + "\n").getBytes(StandardCharsets.UTF_8))
        .orElse(new byte[0]);
  }

  private static List<String> chefSolo(boolean whyRun) {
    List<String> words =
        new ArrayList<>(List.of("chef-solo", "-c", "solo.rb", "-j", "node.json", "-l", "info"));
    words.addAll(List.of("--force-logger", "--no-color"));
    if (whyRun) {
      words.add("--why-run");
    }
    return words;
  }

  /** A prefix of the operator's own gets the password where it asks for it as sudo does. */
  private Optional<Secret> sudoPassword() {
    boolean wanted = settings.sudoPrefix().map(words -> words.contains("-S")).orElse(true);
    return wanted ? password : Optional.empty();
  }

  private String asRoot(List<String> command) {
    boolean withPassword = sudoPassword().isPresent();
    List<String> sudo =
        withPassword ? List.of("sudo", "-S", "-p", "", "--") : List.of("sudo", "-n", "--");
    List<String> words = new ArrayList<>(List.of("sh", "-c", AS_ROOT, "fix-as-root"));
    words.add(withPassword ? "password" : "none");
    words.add(ShellWords.join(settings.sudoPrefix().orElse(sudo)));
    words.addAll(command);
    return ShellWords.join(words);
  }

  /** The text of a script, without comments and indentation: it travels with every deploy. */
  private static String script(String name) {
    try (InputStream in = RemoteScripts.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("not packaged: " + name);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return COMMENT.matcher(text).replaceAll("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
