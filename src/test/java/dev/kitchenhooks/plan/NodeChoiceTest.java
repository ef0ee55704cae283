package dev.kitchenhooks.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.problem.FixException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --limit} and {@code --order}. */
class NodeChoiceTest {
  private static final List<NodeFacts> NODES =
      Stream.of("web2.example.com", "db1.example.com", "web1.example.com", "db2.example.com")
          .map(NodeChoiceTest::node)
          .toList();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "web1.example.com                  | web1",
        "web1.example.com,db*              | db1 web1 db2",
        "web*                              | web2 web1",
        "!web*                             | db1 db2",
        "! web*                            | db1 db2",
        "web*,!web1.example.com            | web2",
        "!web1.example.com,!db2.example.com| web2 db1",
        "*[12].example.com,!db?.*          | web2 web1",
        "mail*                             | ''"
      })
  void aLimitKeepsTheOrderOfTheNodes(String limit, String left) {
    assertThat(names(NodeLimit.parse(List.of(limit)).of(NODES))).isEqualTo(left);
  }

  @Test
  void severalLimitsAreOne() {
    assertThat(names(NodeLimit.parse(List.of("web*", "db1.example.com", "!web2*")).of(NODES)))
        .isEqualTo("db1 web1");
    assertThat(NodeLimit.NONE.of(NODES)).isEqualTo(NODES);
  }

  @Test
  void aNameThatNoChosenNodeHasIsRefusedAlsoToLeaveItOut() {
    refused("web1.example.org", "--limit web1.example.org: the orders choose no node of this name")
        .extracting(FixException::hint)
        .isEqualTo("did you mean \"web1.example.com\"?");
    refused(
        "!web9.example.com", "--limit !web9.example.com: the orders choose no node of this name");
    refused("a,b", "--limit names nodes that are not among those chosen; nothing has run")
        .extracting(e -> e.problems().size())
        .isEqualTo(2);
  }

  @Test
  void whatIsNoPatternIsRefused() {
    refused("", "--limit : \"\" lacks a name");
    refused("web*,", "--limit web*,: \"\" lacks a name");
    refused("!", "--limit !: \"!\" lacks a name");
    refused("web[1", "--limit web[1: \"web[1\" has a \"[\" without its \"]\"");
  }

  private static org.assertj.core.api.ThrowableAssertAlternative<FixException> refused(
      String limit, String message) {
    return assertThatExceptionOfType(FixException.class)
        .isThrownBy(() -> NodeLimit.parse(List.of(limit)).of(NODES))
        .withMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "given, web2 db1 web1 db2",
    "name, db1 db2 web1 web2",
    "reverse, db2 web1 db1 web2",
  })
  void anOrder(String order, String nodes) {
    NodeOrder parsed = NodeOrder.parse(order, () -> 0);
    assertThat(names(parsed.of(NODES))).isEqualTo(nodes);
    assertThat(parsed.text()).isEqualTo(order);
  }

  @Test
  void aShuffleIsRepeatedByItsSeed() {
    NodeOrder shuffled = NodeOrder.parse("shuffle", () -> 4711);
    assertThat(shuffled.text()).isEqualTo("shuffle:4711");
    NodeOrder again = NodeOrder.parse(shuffled.text(), () -> -1);
    assertThat(again.of(NODES)).isEqualTo(shuffled.of(NODES)).hasSameElementsAs(NODES);
    List<String> orders =
        Stream.iterate(0, seed -> seed + 1)
            .limit(100)
            .map(seed -> names(new NodeOrder.Shuffle(seed).of(NODES)))
            .distinct()
            .toList();
    assertThat(orders).as("all orders of four").hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @CsvSource({
    "nme, did you mean \"name\"?",
    "shuffle:, 'try --order shuffle:42, or --order shuffle, which picks a seed and tells it'",
    "shuffle:x, 'try --order shuffle:42, or --order shuffle, which picks a seed and tells it'",
    "upwards, leave it out for the order in which the nodes are named"
  })
  void whatIsNoOrderIsRefused(String order, String hint) {
    assertThatExceptionOfType(FixException.class)
        .isThrownBy(() -> NodeOrder.parse(order, () -> 0))
        .extracting(FixException::hint)
        .isEqualTo(hint);
  }

  private static String names(List<NodeFacts> nodes) {
    return String.join(
        " ", nodes.stream().map(n -> n.fqdn().substring(0, n.fqdn().indexOf('.'))).toList());
  }

  private static NodeFacts node(String fqdn) {
    return new NodeFacts(
        fqdn,
        "_default",
        Collections.emptySortedSet(),
        Collections.emptySortedSet(),
        Collections.emptySortedSet(),
        Optional.empty(),
        false,
        List.of());
  }
}
