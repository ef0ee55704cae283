package dev.kitchenhooks.kitchen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
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
  @ValueSource(strings = {"list_nodes", "list_nodes_with_role:web", "new_kitchen"})
  void ordersThatLookChooseNoNodes(String word) {
    FixException e = refused("node:a", word);
    assertThat(e)
        .hasMessage(
            "\"%s\" chooses no nodes: it is an order by itself"
                .formatted(word.replaceAll(":.*", "")));
    assertThat(e.hint()).isEqualTo("fix " + word);
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
    FixException e = refused("nod:a", "list_envs");
    assertThat(e).hasMessage("the orders are not valid");
    assertThat(e.problems())
        .extracting(Problem::format)
        .containsExactly(
            "error: \"list_envs\" chooses no nodes: it is an order by itself (fix list_envs)",
            "error: \"nod:a\" is not an order (did you mean \"node:a\"? e.g."
                + " node:web1.example.com, node:all, nodes_with_role:web)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "recipe:nginx | recipe[nginx]",
        "recipe:nginx::source,php | recipe[nginx::source] recipe[php]",
        "recipe:nginx@1.2.3 | recipe[nginx@1.2.3]",
        "role:web | role[web]",
        "role:base/web,db | role[base/web] role[db]",
        "role:web recipe:a recipe:b | role[web] recipe[a] recipe[b]",
      })
  void recipesAndRolesTakeTheRunListsPlace(String words, String runList) {
    var all = new ArrayList<>(List.of("node:a"));
    all.addAll(List.of(words.split(" ")));
    assertThat(Orders.parse(all).act()).contains(new Act.RunList(List.of(runList.split(" "))));
    Collections.reverse(all);
    assertThat(Orders.parse(all).act()).isPresent();
  }

  @Test
  void whatIsDoneOverSshIsTakenAsItIs() {
    String command = "test -d a,b && echo 'c:d' | grep --x=y  ";
    Orders orders = Orders.parse(List.of("nodes_with_role:base", "ssh:" + command));
    assertThat(orders.act()).contains(new Act.Ssh(command));
    assertThat(orders.all()).containsExactly(new Order.WithRole(new NamePattern("base")));
  }

  @Test
  void nodesAloneAreDeployed() {
    assertThat(Orders.parse(List.of("node:a")).act()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "recipe | \"recipe:\" lacks a name | e.g. recipe:nginx, role:web",
        "recipe:a,,b | \"recipe:\" lacks a name | e.g. recipe:nginx, role:web",
        "role:we[b | \"we[b\" is not the name of a role | e.g. recipe:nginx",
        "role:we b | \"we b\" is not the name of a role | e.g. recipe:nginx",
        "ssh: | \"ssh:\" lacks a command | e.g. ssh:\"uptime\"",
        "ssh | \"ssh\" lacks a command | e.g. ssh:\"uptime\"",
        "plugin | \"plugin\" lacks a name | fix list_plugins shows them",
        "deploy_chef:ask=no | deploy_chef takes nothing after a colon | what it runs is said in",
        "deploy-chef | \"deploy-chef\" is not an order | did you mean \"deploy_chef\"?",
        "recpie:nginx | \"recpie:nginx\" is not an order | did you mean \"recipe:nginx\"?",
        "sssh:uptime | \"sssh:uptime\" is not an order | did you mean \"ssh:uptime\"?",
      })
  void whatCannotBeDone(String word, String message, String hint) {
    FixException e = refused("node:a", word);
    assertThat(e).hasMessage(message);
    assertThat(e.hint()).startsWith(hint);
  }

  @Test
  void aRunDoesOneThing() {
    FixException twice = refused("node:a", "ssh:uptime", "ssh:date");
    assertThat(twice).hasMessage("\"ssh\" is given twice, and a run does one thing");
    assertThat(twice.hint()).isEqualTo("call fix once for each");
    assertThat(refused("node:a", "recipe:x", "ssh:date"))
        .hasMessage("a run does one thing, not recipe and ssh");
  }

  @Test
  void whatIsDoneNeedsNodes() {
    assertThat(refused("recipe:nginx")).hasMessage("no nodes are chosen");
  }

  @Test
  void whatIsTypedIsReadWholeByAShellAndByUs() {
    var random = new Random(7);
    String letters = "ab,:'\"$ \\\n*;&|=-";
    for (int i = 0; i < 300; i++) {
      var command = new StringBuilder("x");
      random
          .ints(random.nextInt(12), 0, letters.length())
          .forEach(c -> command.append(letters.charAt(c)));
      List<String> words =
          List.of("nodes_with_tag:t" + random.nextInt(3), "node:n*", "ssh:" + command);
      Orders orders = Orders.parse(words);
      assertThat(orders.words()).isEqualTo(words);
      assertThat(orders.act()).as("seed 7, %s", i).contains(new Act.Ssh(command.toString()));
      assertThat(Orders.parse(orders.words())).isEqualTo(orders);
    }
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
