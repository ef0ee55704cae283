package dev.kitchenhooks.hub;

import dev.kitchenhooks.hub.Deploys.Deploy;
import dev.kitchenhooks.hub.Deploys.NodeDeploy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What the hub's page shows.
 *
 * @param environments those that have an application
 * @param nodes the last deploys of nodes
 * @param notices what keeps the page from showing more
 */
record HubView(List<Environment> environments, List<NodeDeploy> nodes, List<String> notices) {
  /** The order in which people think of them; others come after, by name. */
  private static final List<String> FIRST = List.of("prod", "demo", "staging", "integ", "dev");

  /** An environment, with its applications by name. */
  record Environment(String name, List<App> apps) {}

  /** An application, with its links by service. */
  record App(String name, List<Link> links, Optional<Deploy> last) {}

  /**
   * Where a service is to be reached.
   *
   * @param service empty where it is not known
   */
  record Link(String service, String host) {}

  static HubView of(AppsFile.Content content, Deploys deploys, List<String> notices) {
    Map<String, Map<String, List<Link>>> byEnvironment = new TreeMap<>(order());
    for (Map.Entry<String, JsonNode> entry : content.apps().properties()) {
      for (Map.Entry<String, JsonNode> host : entry.getValue().properties()) {
        if (host.getValue().isString()) {
          var slot = new Slot(entry.getKey(), host.getKey());
          Claim claim = claim(content.claims(), slot, host.getValue().stringValue());
          byEnvironment
              .computeIfAbsent(slot.environment(), _ -> new TreeMap<>())
              .computeIfAbsent(claim.application(), _ -> new ArrayList<>())
              .add(new Link(claim.service(), claim.host()));
        }
      }
    }
    var environments = new ArrayList<Environment>();
    byEnvironment.forEach((environment, apps) -> {
      var shown = new ArrayList<App>();
      apps.forEach((app, links) ->
          shown.add(new App(app, List.copyOf(links), deploys.lastOf(app, environment))));
      environments.add(new Environment(environment, shown));
    });
    return new HubView(environments, sorted(deploys.nodes()), notices);
  }

  /** An entry that is nobody's is shown under its own name. */
  private static Claim claim(Claims claims, Slot slot, String host) {
    return claims
        .shown(slot)
        .filter(claim -> claim.host().equals(host))
        .orElseGet(() -> new Claim(slot.key(), "", host));
  }

  private static Comparator<String> order() {
    return Comparator.comparingInt(
            (String name) -> FIRST.contains(name) ? FIRST.indexOf(name) : FIRST.size())
        .thenComparing(Comparator.naturalOrder());
  }

  private static List<NodeDeploy> sorted(List<NodeDeploy> nodes) {
    return nodes.stream().sorted(Comparator.comparing(NodeDeploy::node)).toList();
  }
}
