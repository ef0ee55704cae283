package dev.kitchenhooks.demo;

import dev.kitchenhooks.store.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that the demo plays with, in one new temporary directory: a copy of the shipped kitchen, its
 * nodes, and the state that the kitchen's hooks act on. When it is closed only the kitchen stays,
 * with its history.
 */
final class DemoStage implements AutoCloseable {
  private static final String CONFIG = "littlechef.cfg";

  private final Path directory;
  private final List<EmbeddedNode> nodes = new ArrayList<>();

  private DemoStage(Path directory) {
    this.directory = directory;
  }

  /** Copies the kitchen and starts a node for each of its node files. */
  static DemoStage open() throws IOException {
    var stage = new DemoStage(Files.createTempDirectory("fix-demo-"));
    try {
      stage.build();
      return stage;
    } catch (IOException | RuntimeException e) {
      stage.close();
      throw e;
    }
  }

  private void build() throws IOException {
    ShippedKitchen.copyTo(kitchen());
    Files.createDirectories(state().resolve("balancer"));
    Path access = directory.resolve("access");
    var keys = NodeAccess.create(access, "demo", Optional.empty());
    Map<String, Integer> ports = new LinkedHashMap<>();
    for (String name : ShippedKitchen.nodes(kitchen())) {
      Path home = Files.createDirectories(directory.resolve("nodes").resolve(name));
      StandIns.install(home);
      EmbeddedNode node = EmbeddedNode.start(home, keys, NodeWatcher.NONE);
      nodes.add(node);
      ports.put(name, node.port());
    }
    keys.write(ports);
    Files.move(kitchen().resolve(CONFIG), directory.resolve(CONFIG));
    Files.writeString(
        kitchen().resolve(CONFIG),
        """
        # Of the demo: how its embedded nodes are reached.
        [userinfo]
        ssh-config = %s
        [kitchen]
        # Relative, so that each node has its own.
        node_work_path = kitchen
        """
            .formatted(keys.sshConfig()));
  }

  Path kitchen() {
    return directory.resolve("kitchen");
  }

  /** What {@code DEMO_STATE} names. */
  Path state() {
    return directory.resolve("state");
  }

  /**
   * From now on a node does not answer the health check.
   *
   * @param when {@code before} or {@code after} its deploy
   */
  void makeSick(String when, String node) throws IOException {
    Path sick = Files.createDirectories(state().resolve("sick-" + when + "-deploy"));
    Files.writeString(sick.resolve(node), "");
  }

  /** All nodes are well again. */
  void heal() throws IOException {
    Directories.remove(state().resolve("sick-before-deploy"));
    Directories.remove(state().resolve("sick-after-deploy"));
  }

  /** Ends the nodes; removes everything but the kitchen, which gets its own configuration back. */
  @Override
  public void close() throws IOException {
    nodes.forEach(EmbeddedNode::close);
    Path shipped = directory.resolve(CONFIG);
    if (Files.exists(shipped)) {
      Files.move(shipped, kitchen().resolve(CONFIG), StandardCopyOption.REPLACE_EXISTING);
    }
    for (String part : List.of("access", "nodes", "state")) {
      Directories.remove(directory.resolve(part));
    }
  }
}
