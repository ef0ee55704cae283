package dev.kitchenhooks.kitchen;

import java.util.List;

/** What is done to the nodes that are chosen, where it is something else than their own deploy. */
public sealed interface Act {
  /**
   * {@code recipe:R} and {@code role:R}: a deploy with this run list in place of the nodes' own.
   *
   * @param entries as they stand in a run list, e.g. {@code recipe[nginx]}
   */
  record RunList(List<String> entries) implements Act {
    public RunList {
      entries = List.copyOf(entries);
    }
  }

  /** {@code ssh:"COMMAND"}: a command line for the login shell of each node. */
  record Ssh(String command) implements Act {}

  /** {@code plugin:NAME}: a program of {@code plugins/}, run here for each node. */
  record Plugin(String name) implements Act {}

  /** {@code deploy_chef}: Chef is installed. */
  record DeployChef() implements Act {}
}
