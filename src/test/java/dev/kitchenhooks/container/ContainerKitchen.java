package dev.kitchenhooks.container;

import dev.kitchenhooks.testkit.DockerEngine;
import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A kitchen with one node and one hook in a container, {@code h}, and the engine that it is for.
 */
final class ContainerKitchen {
  static final String NODE = "a.example.com";

  final DockerEngine engine;
  final KitchenBuilder kitchen;

  ContainerKitchen(DockerEngine engine, Path directory) {
    this.engine = engine;
    this.kitchen = KitchenBuilder.in(directory).node(NODE);
  }

  /** {@code more} goes into the definition, {@code container} into its container. */
  ContainerKitchen hook(String more, String container) {
    kitchen.hookDef(
        "h.json",
        """
        {"name": "h", "type": ["node_predeployhook", "node_postdeployhook"], %s
         "container": {"image": "%s"%s}}
        """
            .formatted(more, DockerEngine.IMAGE, container));
    return this;
  }

  /** A hook that runs this script of the kitchen. */
  ContainerKitchen script(String more, String container, String... lines) {
    kitchen.script("h", lines);
    return hook("\"exec\": \"h\", " + more, container);
  }

  FixResult run(String... options) {
    var words = new java.util.ArrayList<>(List.of("hooks", "run", "h", "--node", NODE));
    words.addAll(List.of(options));
    return fix(words.toArray(String[]::new));
  }

  FixResult fix(String... words) {
    return FixCommand.in(kitchen).with("DOCKER_HOST", engine.host()).run(words);
  }

  List<String> containers() throws IOException {
    return engine.containers(kitchen.directory());
  }
}
