package dev.kitchenhooks.chef;

import dev.kitchenhooks.kitchen.CookbookFolder;
import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.kitchen.Secret;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.remote.ShellWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command lines of a deploy.
 *
 * @param settings how the kitchen is converged
 * @param asRoot how they are run
 */
record RemoteScripts(KitchenConfig.Converge settings, AsRoot asRoot) {
  /** What stop.sh exits with when there is nothing to stop, yet or any more. */
  static final int NOT_RUNNING = 3;

  private static final String DEPLOY = AsRoot.script("node.sh", "tree.sh", "deploy.sh");
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
   * Which revision is converged with, and how.
   *
   * @param earlier whether it must be there already
   * @param work in why-run mode nothing is changed, also not which revision is the current one
   */
  record Step(String revision, boolean earlier, Work.Converge work) {
    private String word() {
      if (work.isWhyRun()) {
        return earlier ? "try-earlier" : "try";
      }
      return earlier ? "earlier" : "sync";
    }
  }

  /**
   * Makes a revision of the kitchen the node's, and converges.
   *
   * @param node its name in the kitchen
   * @param token of this deploy alone, so that it can be stopped
   * @param forTheRun how many bytes come first on stdin
   */
  String deploy(String node, String token, Step step, long forTheRun) {
    List<String> arguments = new ArrayList<>();
    arguments.add(settings.nodeWorkPath());
    arguments.add(token);
    arguments.add(node);
    arguments.add(step.revision());
    arguments.add(step.word());
    arguments.add(Long.toString(forTheRun));
    arguments.add(settings.removeDataBags() ? "yes" : "no");
    arguments.add(step.work().manner().log() ? settings.chef().log() : "");
    arguments.addAll(settings.command().isEmpty() ? chef(step.work()) : settings.command());
    return asRoot.command(DEPLOY, "fix-deploy", arguments);
  }

  /** The same for a person: what is converged with, and by what. */
  List<String> told(Step step) {
    List<String> command = settings.command().isEmpty() ? chef(step.work()) : settings.command();
    return List.of(
        "fix: revision %s in %s".formatted(step.revision(), settings.nodeWorkPath()),
        "fix: as root: " + ShellWords.join(command));
  }

  /** Signals what {@link #deploy} started with the same token. */
  String stop(String token, Signal signal) {
    return asRoot.command(STOP, "fix-stop", List.of(settings.nodeWorkPath(), token, signal.name()));
  }

  /** What has to stand on stdin before everything else. */
  byte[] beforeInput() {
    return asRoot.beforeInput();
  }

  /** Chef's configuration on the nodes. */
  SoloRb soloRb(KitchenSource source) {
    return new SoloRb(
        settings.chef().license(),
        settings.removeDataBags(),
        settings.encryptedDataBagSecret().isPresent(),
        source.cookbooks().stream().map(CookbookFolder::name).toList(),
        source.proxies());
  }

  /** Of a command of the operator's own; Chef has the same by its configuration. */
  Map<String, String> environment(KitchenSource source) {
    return settings.command().isEmpty() ? Map.of() : source.proxies().variables();
  }

  private List<String> chef(Work.Converge work) {
    List<String> words =
        new ArrayList<>(
            switch (settings.chef().program()) {
              case SOLO -> List.of("chef-solo");
              case CLIENT -> List.of("chef-client", "-z");
            });
    // By names of their own, so that who uses solo.rb by hand has the current revision.
    boolean whyRun = work.isWhyRun();
    String name = whyRun ? "why-run" : "solo";
    words.addAll(List.of("-c", name + ".rb", "-j", (whyRun ? name : "node") + ".json"));
    words.addAll(
        List.of("-l", work.manner().debug() ? "debug" : "info", "--force-logger", "--no-color"));
    if (whyRun) {
      words.add("--why-run");
    }
    if (!work.runList().isEmpty()) {
      // Not by node.json: a revision outlives the run, and may be gone back to.
      words.addAll(List.of("-o", String.join(",", work.runList())));
    }
    return words;
  }
}
