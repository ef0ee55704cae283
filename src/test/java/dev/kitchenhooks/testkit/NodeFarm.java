package dev.kitchenhooks.testkit;

import dev.kitchenhooks.demo.NodeAccess;
import dev.kitchenhooks.kitchen.KitchenConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A fleet of {@link FakeNode}s called {@code node1.farm.test}, {@code node2.farm.test}, ..., and
 * the {@code ssh_config}, {@code known_hosts} and key by which they are reached under these names.
 */
public final class NodeFarm implements AutoCloseable {
  private final Path directory;
  private final NodeAccess access;
  private final Map<String, FakeNode> nodes = new LinkedHashMap<>();

  private NodeFarm(Path directory, NodeAccess access) {
    this.directory = directory;
    this.access = access;
  }

  /** Starts {@code count} nodes in a new temporary directory, which {@link #close} removes. */
  public static NodeFarm start(int count) throws IOException {
    return start(IntStream.rangeClosed(1, count).mapToObj(NodeFarm::name).toList());
  }

  /** The same with names of your own. */
  public static NodeFarm start(List<String> fqdns) throws IOException {
    Path directory = Files.createTempDirectory("node-farm");
    var access = NodeAccess.create(directory.resolve("access"), "operator", Optional.of("letmein"));
    var farm = new NodeFarm(directory, access);
    List<FakeNode> started = fqdns.parallelStream().map(farm::startNode).toList();
    started.forEach(node -> farm.nodes.put(node.fqdn(), node));
    farm.access.write(farm.ports());
    return farm;
  }

  private FakeNode startNode(String fqdn) {
    try {
      return FakeNode.start(fqdn, directory.resolve(fqdn), access);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code node1.farm.test} is number 1. */
  public static String name(int number) {
    return "node" + number + ".farm.test";
  }

  /** {@code node1.farm.test} is number 1. */
  public FakeNode node(int number) {
    return node(name(number));
  }

  public FakeNode node(String fqdn) {
    FakeNode node = nodes.get(fqdn);
    if (node == null) {
      throw new IllegalArgumentException("no such node: " + fqdn);
    }
    return node;
  }

  public List<FakeNode> nodes() {
    return List.copyOf(nodes.values());
  }

  public List<String> fqdns() {
    return List.copyOf(nodes.keySet());
  }

  /** Login name, keys, and the paths of the OpenSSH files. The password is {@code letmein}. */
  public NodeAccess access() {
    return access;
  }

  /** The settings by which {@code fix} reaches the nodes. */
  public KitchenConfig.Ssh sshSettings() {
    return new KitchenConfig.Ssh(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(access.sshConfig()),
        Optional.empty(),
        false,
        Duration.ofSeconds(10));
  }

  private Map<String, Integer> ports() {
    Map<String, Integer> ports = new LinkedHashMap<>();
    nodes.forEach((name, node) -> ports.put(name, node.port()));
    return ports;
  }

  @Override
  public void close() throws IOException {
    nodes.values().parallelStream().forEach(FakeNode::close);
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
