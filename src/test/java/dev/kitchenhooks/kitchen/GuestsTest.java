package dev.kitchenhooks.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --include-guests}. */
class GuestsTest {
  @TempDir Path dir;
  private KitchenBuilder kitchen;

  @BeforeEach
  void kitchen() {
    kitchen =
        KitchenBuilder.in(dir)
            .environment("e")
            .nodeJson("host", host("vm2", "vm1", "nested", "gone"))
            .nodeJson("nested", host("deep", "host"))
            .nodeJson("plain", host("vm1").replace("host", "guest"))
            .node("vm1")
            .node("vm2", "e")
            .node("deep")
            .nodeJson("zbroken", "{");
  }

  private static String host(String... guests) {
    String list = String.join("\"}, {\"fqdn\": \"", guests);
    return "{\"virtualization\": {\"role\": \"host\", \"guests\": [{\"fqdn\": \"%s\"}, {}, 1]}}"
        .formatted(list);
  }

  private Selection select(Optional<String> environment, String... words) {
    return Kitchen.open(dir).select(Orders.parse(List.of(words)), environment, true);
  }

  private static List<String> names(Selection selection) {
    return selection.nodes().stream().map(NodeFacts::fqdn).toList();
  }

  @Test
  void standBehindTheirHosts() {
    Selection selection = select(Optional.empty(), "node:host,vm1");
    assertThat(names(selection)).containsExactly("host", "vm2", "nested", "deep", "vm1");
    assertThat(selection.warnings())
        .extracting(Problem::format)
        .contains("nodes/host.json: warning: its guest \"gone\" is no node");
    assertThat(names(select(Optional.empty(), "node:plain"))).containsExactly("plain");
  }

  @Test
  void areRestrictedByTheEnvironment() {
    assertThat(names(select(Optional.of("_default"), "node:host")))
        .containsExactly("host", "vm1", "nested", "deep");
  }

  @Test
  void oneThatIsBrokenIsLeftOut() {
    kitchen.nodeJson("h2", host("zbroken", "vm1"));
    Selection selection = select(Optional.empty(), "node:h2");
    assertThat(names(selection)).containsExactly("h2", "vm1");
    assertThat(selection.warnings())
        .extracting(Problem::file)
        .containsExactly("nodes/zbroken.json");
  }

  @Test
  void areLeftAloneWithoutTheOption() {
    assertThat(
            names(Kitchen.open(dir).select(Orders.parse(List.of("node:host")), Optional.empty())))
        .containsExactly("host");
  }
}
