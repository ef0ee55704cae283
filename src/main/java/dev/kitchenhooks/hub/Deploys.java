package dev.kitchenhooks.hub;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is recorded of deploys. */
public interface Deploys {
  /** Where nothing is. */
  Deploys NONE =
      new Deploys() {
        @Override
        public Optional<Deploy> lastOf(String application, String environment) {
          return Optional.empty();
        }

        @Override
        public List<NodeDeploy> nodes() {
          return List.of();
        }
      };

  /** The last deploy of an application in an environment, if one is recorded. */
  Optional<Deploy> lastOf(String application, String environment);

  /** The last deploy of each node of which one is recorded. */
  List<NodeDeploy> nodes();

  /**
   * How a deploy ended.
   *
   * @param at when it began
   * @param success whether it went well
   * @param result in a word or two: {@code deployed}
   */
  record Deploy(Instant at, boolean success, String result) {}

  /** That of a node. */
  record NodeDeploy(String node, String environment, Deploy last) {}
}
