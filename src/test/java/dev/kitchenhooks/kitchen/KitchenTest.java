package dev.kitchenhooks.kitchen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KitchenTest {
  @TempDir Path dir;

  @Test
  void namesComeFromFilesAlone() {
    KitchenBuilder.in(dir)
        .nodeJson("b", "broken")
        .node("a")
        .roleJson("web", "broken")
        .role("db/primary")
        .file("roles/legacy.rb", "")
        .file("roles/README.md", "")
        .file("roles/.git/x.json", "")
        .environmentJson("staging", "broken")
        .file("environments/old.rb", "");
    Kitchen kitchen = Kitchen.open(dir);
    assertThat(kitchen.nodeNames()).containsExactly("a", "b");
    assertThat(kitchen.roleNames()).containsExactly("db/primary", "legacy", "web");
    assertThat(kitchen.environmentNames()).containsExactly("_default", "old", "staging");
  }

  @Test
  void aKitchenMayLackEveryFolder() {
    Kitchen kitchen = Kitchen.open(KitchenBuilder.in(dir).directory());
    assertThat(kitchen.nodeNames()).isEmpty();
    assertThat(kitchen.roleNames()).isEmpty();
    assertThat(kitchen.environmentNames()).containsExactly("_default");
  }

  @Test
  void documentsAreTheCallersOwn() {
    KitchenBuilder.in(dir)
        .nodeJson("a", "{\"nginx\": {\"workers\": 4, \"load\": 1.50}}")
        .environmentJson("staging", "{\"default_attributes\": {\"x\": 1}}");
    Kitchen kitchen = Kitchen.open(dir);
    assertThat(kitchen.nodeDocument("a").toString())
        .isEqualTo("{\"nginx\":{\"workers\":4,\"load\":1.50}}");
    kitchen.environment("staging").orElseThrow().removeAll();
    assertThat(kitchen.environment("staging").orElseThrow().toString())
        .isEqualTo("{\"default_attributes\":{\"x\":1}}");
    assertThat(kitchen.environment("_default")).isEmpty();
  }

  @Test
  void documentsThatCannotBeHad() {
    KitchenBuilder.in(dir).nodeJson("a", "[]").environmentJson("staging", "{,}");
    Kitchen kitchen = Kitchen.open(dir);
    var node = catchThrowableOfType(FixException.class, () -> kitchen.nodeDocument("a"));
    assertThat(node).hasMessage("node \"a\" is not valid");
    assertThat(node.problems())
        .extracting(Problem::format)
        .containsExactly("nodes/a.json:1:1: error: the file must hold an object, not a list");
    var environment =
        catchThrowableOfType(FixException.class, () -> kitchen.environment("staging"));
    assertThat(environment).hasMessage("environment \"staging\" is not valid");
    assertThat(environment.problems()).hasSize(1);
    assertThat(catchThrowableOfType(FixException.class, () -> kitchen.nodeDocument("../a")))
        .hasMessage("node \"../a\" does not exist");
    assertThat(catchThrowableOfType(FixException.class, () -> kitchen.environment("stagin")))
        .hasMessage("environment \"stagin\" does not exist");
  }

  @Test
  void aFileWhoseNameIsNoHostNameIsBroken() {
    KitchenBuilder.in(dir).node("-oProxyCommand=x").node("a\u001b b").node("ok_1.example.com");
    Kitchen kitchen = Kitchen.open(dir);
    Selection tagged =
        kitchen.select(Orders.parse(java.util.List.of("nodes_with_tag:x")), Optional.empty());
    assertThat(tagged.warnings())
        .filteredOn(problem -> problem.file() != null)
        .extracting(Problem::file)
        .containsExactly("nodes/-oProxyCommand=x.json", "nodes/a? b.json");
  }
}
