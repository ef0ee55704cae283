package dev.kitchenhooks.kitchen;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A node's attributes by Chef's levels of precedence, from low to high. They may be shared among
 * nodes and are not to be changed.
 *
 * <p>In a node object of Chef ({@code nodes/FQDN.json}) they have places of their own, "default",
 * "normal" and "override"; search looks at all of them. A node that converges starts from its own
 * such object, forgets the first and the last level and keeps {@code normal}: there its own object
 * may have {@link #normal} only, for what is {@link #merged} would go above what its cookbooks and
 * roles now say.
 *
 * @param defaults of the metadata of its cookbooks, then of its roles, then of its environment
 * @param normal the node file's own
 * @param overrides of its roles, then of its environment
 */
public record NodeAttributes(ObjectNode defaults, ObjectNode normal, ObjectNode overrides) {
  /**
   * Keys of a node file that are no attributes. {@code recipes} beside a run list is an error to
   * chef-solo; the others belong to LittleChef or to a node saved by a Chef server.
   */
  private static final Set<String> NO_ATTRIBUTES =
      Set.of("run_list", "recipes", "chef_environment", "name", "dummy", "chef_type", "json_class");

  /** All levels in one: objects merge, everything else is the highest level's that has it. */
  public ObjectNode merged() {
    return AttributeMerge.ofLevels(List.of(defaults, normal, overrides));
  }

  /** The attributes that a node's file has itself. */
  public static ObjectNode own(ObjectNode document) {
    ObjectNode own = JsonNodeFactory.instance.objectNode();
    document
        .properties()
        .forEach(property -> {
          if (!NO_ATTRIBUTES.contains(property.getKey())) {
            own.set(property.getKey(), property.getValue());
          }
        });
    return own;
  }
}
