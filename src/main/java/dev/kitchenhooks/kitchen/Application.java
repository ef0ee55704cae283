package dev.kitchenhooks.kitchen;

/**
 * An application that a node declares: a compose file that is put into a directory of the node and
 * brought up there. As application hooks get it: {@code APP ENV VERSION COMPOSE_FILE TARGET_DIR}.
 *
 * @param name its key under {@code applications}
 * @param environment the node's
 * @param version what is deployed, for people and for hooks
 * @param composeFile relative to the kitchen
 * @param targetDirectory on the node, absolute
 */
public record Application(
    String name, String environment, String version, String composeFile, String targetDirectory) {

  /** What compose calls it, so that an application can be there once for each environment. */
  public String project() {
    return name + "-" + environment;
  }
}
