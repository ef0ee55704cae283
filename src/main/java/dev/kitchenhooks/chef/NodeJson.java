package dev.kitchenhooks.chef;

import dev.kitchenhooks.kitchen.NodeAttributes;
import dev.kitchenhooks.kitchen.NodeFacts;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The two JSON forms in which chef-solo gets a node. */
final class NodeJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private NodeJson() {}

  /**
   * {@code node.json}: what chef-solo is started with.
   *
   * @param facts of the plan, whose run list and environment hold for this run
   * @param document the node's file
   */
  static byte[] forRun(NodeFacts facts, ObjectNode document) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("chef_environment", facts.environment());
    json.set("run_list", array(facts.runList()));
    json.setAll(NodeAttributes.own(document));
    return bytes(json);
  }

  /**
   * {@code nodes/FQDN.json}: what {@code search(:node, ...)} of every other node finds. Attributes
   * stand by their levels, what Ohai would know under {@code automatic}; elsewhere search does not
   * see them.
   */
  static byte[] forSearch(NodeDocument node) {
    ObjectNode json = object(node.facts(), node.json());
    json.set("default", node.attributes().defaults());
    json.set("override", node.attributes().overrides());
    return bytes(json);
  }

  /**
   * The same for the node itself, which works out the other levels anew: what is there already
   * would go above what its cookbooks and roles say.
   */
  static byte[] forItself(NodeFacts facts, ObjectNode document) {
    return bytes(object(facts, document));
  }

  private static ObjectNode object(NodeFacts facts, ObjectNode document) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", facts.fqdn());
    json.put("chef_environment", facts.environment());
    json.set("run_list", array(facts.runList()));
    json.set("normal", NodeAttributes.own(document));
    ObjectNode automatic = json.putObject("automatic");
    int dot = facts.fqdn().indexOf('.');
    automatic.put("fqdn", facts.fqdn());
    automatic.put("hostname", dot < 0 ? facts.fqdn() : facts.fqdn().substring(0, dot));
    automatic.put("domain", dot < 0 ? "" : facts.fqdn().substring(dot + 1));
    JsonNode address = document.get("ipaddress");
    if (address != null && address.isString()) {
      automatic.set("ipaddress", address);
    }
    facts.platform().ifPresent(platform -> automatic.put("platform", platform));
    automatic.set("roles", array(facts.roles()));
    automatic.set("recipes", array(facts.recipes()));
    return json;
  }

  private static ArrayNode array(Collection<String> values) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    List.copyOf(values).forEach(array::add);
    return array;
  }

  private static byte[] bytes(ObjectNode json) {
    String text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
