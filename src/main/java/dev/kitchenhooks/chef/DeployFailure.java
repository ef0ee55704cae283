package dev.kitchenhooks.chef;

import dev.kitchenhooks.kitchen.KitchenConfig;
import java.util.List;

/** Says in one line why a deploy did not come to its end, and what to do. Pure. */
final class DeployFailure {
  /** Text in the output of a node's tools, and what an operator can do about it. */
  private record Known(String text, String advice) {}

  private static final String WORK_PATH = "set [kitchen] node_work_path to another place";

  private static final String DEPLOY_IT = "check out what it was made of, and deploy that";

  private static final List<Known> KNOWN =
      List.of(
          new Known("No space left on device", "free space on %s, or " + WORK_PATH),
          new Known("Disk quota exceeded", "free space on %s, or " + WORK_PATH),
          new Known("Read-only file system", WORK_PATH),
          new Known("holds ", WORK_PATH),
          new Known("is in the way", WORK_PATH),
          new Known("was changed on this node", DEPLOY_IT),
          new Known("is no longer on this node", DEPLOY_IT),
          new Known("has no home directory", "make one on %s, or " + WORK_PATH),
          new Known("is missing on this node", "install it on %s"),
          new Known(
              "a password is required",
              "set [userinfo] password, or let the user run sudo without one on %s"),
          new Known("no password was provided", "the password was refused by sudo on %s"),
          new Known("incorrect password", "the password was refused by sudo on %s"),
          new Known("not in the sudoers", "let the user run sudo on %s, or log in as root"),
          new Known(
              "sudo: not found", "install sudo on %s, set [ssh] sudo_prefix, or log in as root"),
          new Known(
              "sudo: command not found",
              "install sudo on %s, set [ssh] sudo_prefix, or log in as root"),
          new Known("Permission denied", WORK_PATH));

  private DeployFailure() {}

  /**
   * The kitchen did not get to the node.
   *
   * @param output the last lines that the node printed; the first one that is known says most
   */
  static String ofUpload(String node, List<String> output) {
    return "upload failed: " + advice(node, output);
  }

  /** What the node said when a script of ours could not begin, and what to do. */
  static String advice(String node, List<String> output) {
    for (Known known : KNOWN) {
      for (String line : output) {
        if (line.contains(known.text)) {
          return line.strip() + "; " + known.advice.formatted(node);
        }
      }
    }
    return output.reversed().stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .findFirst()
        .orElse("the node said nothing; try the same by hand with ssh " + node);
  }

  /**
   * The converge returned a code.
   *
   * @param settings how it was converged
   */
  static String ofConverge(String node, int exitCode, KitchenConfig.Converge settings) {
    String kind =
        switch (settings.chef().program()) {
          case SOLO -> "solo";
          case CLIENT -> "client";
        };
    return switch (exitCode) {
      case 127 ->
          !settings.command().isEmpty()
              ? "[kitchen] converge_command was not found on " + node
              : "neither chef-%s nor cinc-%s is on %s's PATH; install one or set [kitchen] converge_command"
                  .formatted(kind, kind, node);
      case 172 -> "chef-%s wants its license accepted on %s".formatted(kind, node);
      default -> "";
    };
  }
}
