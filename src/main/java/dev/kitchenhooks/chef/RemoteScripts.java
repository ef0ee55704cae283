package dev.kitchenhooks.chef;

import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.kitchen.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command lines of a deploy.
 *
 * @param settings how the kitchen is converged
 * @param asRoot how they are run
 */
record RemoteScripts(KitchenConfig.Converge settings, AsRoot asRoot) {
  /** What deploy.sh prints once the new kitchen is in its place. */
  static final String UPLOADED = "fix: kitchen uploaded";

  /** What stop.sh exits with when there is nothing to stop, yet or any more. */
  static final int NOT_RUNNING = 3;

  private static final String DEPLOY = AsRoot.script("node.sh", "deploy.sh");
  private static final String STOP = AsRoot.script("stop.sh");

  /** The signals that stop.sh sends. */
  enum Signal {
    TERM,
    KILL
  }

  RemoteScripts(KitchenConfig.Converge settings, Optional<Secret> password) {
    this(settings, AsRoot.of(settings, password));
  }

  /**
   * Uploads what comes on stdin and converges.
   *
   * @param node its name in the kitchen
   * @param token of this deploy alone, so that it can be stopped
   */
  String deploy(String node, String token, boolean whyRun) {
    List<String> arguments = new ArrayList<>();
    arguments.add(settings.nodeWorkPath());
    arguments.add(token);
    arguments.add(settings.removeDataBags() ? "yes" : "no");
    arguments.add(node);
    arguments.addAll(settings.command().isEmpty() ? chefSolo(whyRun) : settings.command());
    return asRoot.command(DEPLOY, "fix-deploy", arguments);
  }

  /** Signals what {@link #deploy} started with the same token. */
  String stop(String token, Signal signal) {
    return asRoot.command(STOP, "fix-stop", List.of(settings.nodeWorkPath(), token, signal.name()));
  }

  /** What has to stand on stdin before everything else. */
  byte[] beforeInput() {
    return asRoot.beforeInput();
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
}
