package dev.kitchenhooks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.FakeNode;
import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.NodeFarm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What goes wrong on one node of two, and what must come of it: the outcome of both nodes, the exit
 * code, and exactly which hooks were called with what.
 */
class FaultTableTest {
  private static final String ONE = NodeFarm.name(1);
  private static final String TWO = NodeFarm.name(2);

  /** Breaks the first node. */
  private interface Breakage {
    void apply(FakeNode node, NodeFarm farm) throws Exception;
  }

  record Fault(
      String name,
      Breakage breakage,
      int exit,
      String outcome,
      String reason,
      List<String> callsForTheNode) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<String> NONE = List.of();

  private static List<String> calls(int rc) {
    return List.of("n-pre " + ONE, "n-post " + rc + " " + ONE, "n-tidy " + rc + " " + ONE);
  }

  static Stream<Fault> faults() {
    return Stream.of(
        new Fault("node down", (n, _) -> n.close(), 1, "unreachable", "refused", NONE),
        new Fault(
            "authentication refused",
            (n, _) -> n.refuseLogins(true),
            1,
            "unreachable",
            "login as operator was refused",
            NONE),
        new Fault(
            "host key changed",
            (n, farm) -> otherHostKey(farm, n.port()),
            1,
            "unreachable",
            "someone may be in between",
            NONE),
        new Fault(
            "host key unknown",
            (_, farm) -> Files.writeString(farm.access().knownHosts(), ""),
            1,
            "unreachable",
            "host key",
            NONE),
        new Fault(
            "connection cut in mid-upload",
            (n, _) -> n.cutAfterInput(200),
            1,
            "failed",
            "exit 255",
            calls(255)),
        new Fault("full disk", (n, _) -> n.fullDisk(), 1, "failed", "exit 1", calls(1)),
        new Fault(
            "chef-solo missing", (n, _) -> n.withoutChef(), 1, "failed", "exit 127", calls(127)),
        new Fault("chef exits 1", (n, _) -> n.chefExits(1), 1, "failed", "exit 1", calls(1)),
        new Fault("chef exits 3", (n, _) -> n.chefExits(3), 1, "failed", "exit 3", calls(3)),
        new Fault(
            "chef exits 172, no licence",
            (n, _) -> n.chefExits(172),
            1,
            "failed",
            "exit 172",
            calls(172)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void stopsTheRunFromStartingOthers(Fault fault, @TempDir Path scratch) throws Exception {
    try (NodeFarm farm = NodeFarm.start(2)) {
      RecordedKitchen kitchen = kitchen(scratch, farm);
      fault.breakage().apply(farm.node(1), farm);

      FixResult result =
          FixCommand.in(kitchen.directory()).run("node:all", "--yes", "--output", "json");

      assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(fault.exit());
      assertThat(result.outcomes()).isEqualTo(Map.of(ONE, fault.outcome(), TWO, "not-started"));
      assertThat(result.reason(ONE)).contains(fault.reason());
      assertThat(kitchen.calls()).isEqualTo(around(fault.callsForTheNode(), NONE));
      assertThat(farm.node(2).commands()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("faults")
  void keepsGoingWhenToldSo(Fault fault, @TempDir Path scratch) throws Exception {
    try (NodeFarm farm = NodeFarm.start(2)) {
      RecordedKitchen kitchen = kitchen(scratch, farm);
      fault.breakage().apply(farm.node(1), farm);
      boolean both = fault.name().startsWith("host key unknown");

      FixResult result =
          FixCommand.in(kitchen.directory())
              .run("node:all", "--yes", "--keep-going", "--output", "json");

      assertThat(result.exit()).as(result.out() + result.err()).isEqualTo(fault.exit());
      assertThat(result.outcomes())
          .isEqualTo(Map.of(ONE, fault.outcome(), TWO, both ? "unreachable" : "deployed"));
      List<String> second =
          both ? NONE : List.of("n-pre " + TWO, "n-post 0 " + TWO, "n-tidy 0 " + TWO);
      assertThat(kitchen.calls()).isEqualTo(around(fault.callsForTheNode(), second));
    }
  }

  private static List<String> around(List<String> first, List<String> second) {
    String both = " " + ONE + " " + TWO;
    return Stream.of(
            List.of("g-pre" + both), first, second, List.of("g-post 1" + both, "g-tidy 1" + both))
        .flatMap(List::stream)
        .toList();
  }

  private static RecordedKitchen kitchen(Path scratch, NodeFarm farm) {
    return new RecordedKitchen(
        scratch.resolve("kitchen"),
        farm.access().sshConfig(),
        farm.fqdns(),
        "[kitchen]",
        "node_work_path = work");
  }

  /** A key of the right form that is not the node's. */
  private static void otherHostKey(NodeFarm farm, int port) throws Exception {
    String other =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEfakefakefakefakefakefakefakefakefakefakefakf0";
    Path known = farm.access().knownHosts();
    String host = "[127.0.0.1]:" + port;
    List<String> lines =
        Files.readAllLines(known).stream()
            .map(line -> line.startsWith(host + " ") ? host + " " + other : line)
            .toList();
    Files.write(known, lines);
  }
}
