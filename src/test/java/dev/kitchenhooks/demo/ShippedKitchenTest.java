package dev.kitchenhooks.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.HookDefinitions;
import dev.kitchenhooks.hook.HookLint;
import dev.kitchenhooks.hook.KitchenNames;
import dev.kitchenhooks.hook.Loaded;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.kitchen.NodeFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kitchen that is shipped is right in every file, and touches nothing outside of the demo. */
class ShippedKitchenTest {
  private static final Path KITCHEN = Path.of("kitchen").toAbsolutePath();

  @TempDir Path temp;

  @Test
  void nothingIsWrongWithIt() {
    Kitchen kitchen = Kitchen.open(KITCHEN);
    assertThat(kitchen.configWarnings()).isEmpty();
    assertThat(kitchen.soundNodes().stream().map(NodeFacts::fqdn))
        .containsExactly("db1.example.com", "web1.example.com", "web2.example.com");
    assertThat(kitchen.soundNodes().getLast().roles()).containsExactly("base", "web");
    assertThat(kitchen.environmentNames()).containsExactly("_default", "production", "staging");
    Loaded loaded = HookDefinitions.load(KITCHEN, kitchen.config().hooks());
    var names =
        new KitchenNames(kitchen.roleNames(), kitchen.environmentNames(), kitchen.soundNodes());
    assertThat(HookLint.lint(KITCHEN, loaded, names, kitchen.config().hooks())).isEmpty();
    assertThat(loaded.hooks().stream().map(HookDefinition::name))
        .containsExactly(
            "app-backup",
            "app-hub",
            "app-monitoring",
            "app-notify",
            "downtime",
            "health-check",
            "lb-drain",
            "lb-return",
            "notice");
    assertThat(loaded.hooks())
        .filteredOn(hook -> hook.name().startsWith("app-"))
        .noneMatch(HookDefinition::enabled);
  }

  @Test
  void outsideOfTheDemoHooksOnlySayWhatTheyWouldDo() throws Exception {
    Path nodes = Files.writeString(temp.resolve("nodes"), "a.example.com\nb.example.com\n");
    try (Stream<Path> hooks = Files.list(KITCHEN.resolve("hooks"))) {
      for (Path hook : hooks.filter(Files::isRegularFile).sorted().toList()) {
        boolean post = hook.endsWith("lb-return") || hook.endsWith("notice");
        var command = post ? List.of(hook + "", "0", "a") : List.of(hook + "", "a", "--minutes=5");
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.directory(temp.toFile()).environment().remove("DEMO_STATE");
        builder.environment().put("FIX_NODES_FILE", nodes.toString());
        builder.environment().put("FIX_NODE", "a.example.com");
        builder.environment().put("FIX_HOOK_TYPE", "node_predeployhook");
        builder.environment().put("FIX_COMMAND", "fix node:a");
        builder.environment().put("FIX_REASON", "deployed");
        builder.environment().put("FIX_RUN_ID", "1");
        assertThat(output(builder)).as(hook.toString()).startsWith("would ");
      }
    }
    assertThat(temp.toFile().list()).containsExactly("nodes");
  }

  private static String output(ProcessBuilder builder) throws IOException, InterruptedException {
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text;
  }
}
