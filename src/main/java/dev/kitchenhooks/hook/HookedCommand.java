package dev.kitchenhooks.hook;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The commands that hooks wrap, as the filter {@code commands} names them. */
public enum HookedCommand {
  /** A deploy: {@code fix ORDERS}. */
  FIX("fix", true),
  /** Any command: {@code fix wrap ORDERS -- COMMAND}; as far as fix knows, it configures nodes. */
  WRAP("wrap", true),
  /** {@code fix ORDERS ssh:"COMMAND"}: may be no more than a look at the node. */
  SSH("ssh", false),
  /** {@code fix ORDERS plugin:NAME}: changes node files, no nodes. */
  PLUGIN("plugin", false),
  /** {@code fix ORDERS deploy_chef}: what is installed serves later deploys. */
  DEPLOY_CHEF("deploy_chef", false),
  /** {@code fix app deploy} and {@code undeploy}: hooks of applications run for it in any case. */
  APP("app", false);

  private final String word;
  private final boolean configuresNodes;

  HookedCommand(String word, boolean configuresNodes) {
    this.word = word;
    this.configuresNodes = configuresNodes;
  }

  /** As definitions spell it. */
  public String word() {
    return word;
  }

  /** Whether hooks without a filter {@code commands} run for it. */
  public boolean configuresNodes() {
    return configuresNodes;
  }

  /** All words. */
  public static List<String> words() {
    return Arrays.stream(values()).map(HookedCommand::word).toList();
  }

  /** Those that hooks run for which say nothing. */
  static List<String> byDefault() {
    return Arrays.stream(values())
        .filter(HookedCommand::configuresNodes)
        .map(HookedCommand::word)
        .toList();
  }

  /** The command of a word. */
  public static Optional<HookedCommand> of(String word) {
    return Arrays.stream(values()).filter(c -> c.word.equals(word)).findFirst();
  }
}
