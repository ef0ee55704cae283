package dev.kitchenhooks.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The shipped script as the last hook of a real run. */
class EndOfARunTest {
  private static final Path SCRIPT = Path.of("kitchen/hooks/app/notify");

  @TempDir Path dir;

  @Test
  void channelsOfRunsAreToldHowItEnded() throws Exception {
    try (ChatSink chat = ChatSink.start()) {
      Path url = Files.writeString(dir.resolve("url"), chat.url("/services/x"));
      KitchenBuilder kitchen =
          KitchenBuilder.in(dir.resolve("kitchen"))
              .environment("prod")
              .node("db1", "prod")
              .executable("hooks/app/notify", Files.readAllLines(SCRIPT).toArray(String[]::new))
              .executable("fix", launcher())
              .hookDef(
                  "tell.json",
                  """
                  {"name": "tell", "type": "global_postdeployhook", "exec": "app/notify",
                   "run_condition": "always", "required": false}
                  """)
              .file(
                  "confs/notify/chat.json",
                  """
                  {"runs": true, "webhook": {"url": {"from_file": "%s"}, "shape": "slack"}}
                  """
                      .formatted(url));

      FixResult run =
          FixCommand.in(kitchen)
              .with("FIX_PROGRAM", kitchen.directory().resolve("fix").toString())
              .run("wrap", "node:db1", "--", "false", "{node}");

      assertThat(run.exit()).as(run.err()).isEqualTo(1);
      assertThat(run.out()).contains("notify: chat was told");
      JsonNode told = chat.posted.getFirst().at("/attachments/0");
      assertThat(told.path("title").asString()).startsWith("fix ").contains("code 1");
      assertThat(told.path("text").asString())
          .contains("environments: prod", "nodes: 1 failed", "db1: failed");
    }
  }

  private static String[] launcher() {
    return new String[] {
      "#!/bin/sh",
      "exec '%s/bin/java' -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp '%s' \\"
          .formatted(
              System.getProperty("java.home"),
              System.getProperty(
                  "surefire.test.class.path", System.getProperty("java.class.path"))),
      "  dev.kitchenhooks.Main \"$@\""
    };
  }
}
