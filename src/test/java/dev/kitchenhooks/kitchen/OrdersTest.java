package dev.kitchenhooks.kitchen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrdersTest {
  private static FixException refused(String... words) {
    var e = catchThrowableOfType(FixException.class, () -> Orders.parse(List.of(words)));
    assertThat(e.exitCode()).isEqualTo(ExitCode.INVALID);
    return e;
  }

  @Test
  void wordsBecomeOrders() {
    Orders orders =
        Orders.parse(
            List.of(
                "node:a,b.example.com",
                "node:all",
                "nodes_with_role:web*",
                "nodes_with_recipe:nginx::default",
                "nodes_with_tag:x,y"));
    assertThat(orders.text())
        .isEqualTo(
            "node:a,b.example.com node:all nodes_with_role:web* nodes_with_recipe:nginx::default"
                + " nodes_with_tag:x,y");
    assertThat(orders.all())
        .containsExactly(
            new Order.Named(new NamePattern("a")),
            new Order.Named(new NamePattern("b.example.com")),
            new Order.All(),
            new Order.WithRole(new NamePattern("web*")),
            new Order.WithRecipe(new NamePattern("nginx")),
            new Order.WithTag(new NamePattern("x")),
            new Order.WithTag(new NamePattern("y")));
  }

  @Test
  void noOrderAtAll() {
    FixException e = refused();
    assertThat(e).hasMessage("no nodes are chosen");
    assertThat(e.hint()).isEqualTo("e.g. node:web1.example.com, node:all, nodes_with_role:web");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "recipe:nginx",
        "role:web",
        "ssh:uptime",
        "plugin:save_ip",
        "deploy_chef",
        "list_nodes",
        "list_nodes_with_role:web",
        "new_kitchen"
      })
  void ordersOfLaterVersions(String word) {
    assertThat(refused("node:a", word))
        .hasMessage(
            "the order \"%s\" is not supported by this version yet"
                .formatted(word.replaceAll(":.*", "")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nod:a | \"nod:a\" is not an order | did you mean \"node:a\"? ",
        "nodes_with_roel:web | \"nodes_with_roel:web\" is not an order |"
            + " did you mean \"nodes_with_role:web\"? ",
        "Node:a | \"Node:a\" is not an order | did you mean \"node:a\"? ",
        "web1.example.com | \"web1.example.com\" is not an order |"
            + " did you mean \"node:web1.example.com\"?",
        "everything | \"everything\" is not an order | e.g. node:web1.example.com",
        "node | \"node\" lacks a name | e.g. node:web1.example.com",
        "node: | \"node:\" lacks a name | e.g. node:web1.example.com",
        "node:a,,b | \"node:a,,b\" lacks a name | e.g. node:web1.example.com",
      })
  void whatIsNoOrder(String word, String message, String hint) {
    FixException e = refused(word);
    assertThat(e).hasMessage(message);
    assertThat(e.hint()).startsWith(hint);
  }

  @Test
  void allThatIsWrongAtOnce() {
    FixException e = refused("nod:a", "recipe:x");
    assertThat(e).hasMessage("the orders are not valid");
    assertThat(e.problems())
        .extracting(Problem::format)
        .containsExactly(
            "error: \"nod:a\" is not an order (did you mean \"node:a\"? e.g."
                + " node:web1.example.com, node:all, nodes_with_role:web)",
            "error: the order \"recipe\" is not supported by this version yet");
  }

  @Test
  void setsOfCharactersAreGlobsAsInFilters() {
    var role = (Order.WithRole) Orders.parse(List.of("nodes_with_role:web[1-3]")).all().getFirst();
    assertThat(role.role().isGlob()).isTrue();
    assertThat(role.role().matcher()).accepts("web2").rejects("web4", "web[1-3]");
    FixException open =
        catchThrowableOfType(FixException.class, () -> Orders.parse(List.of("node:web[1")));
    assertThat(open.getMessage() + open.problems()).contains("has a \"[\" without its \"]\"");
  }
}
