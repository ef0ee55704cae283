package dev.kitchenhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HooksListTest {
  @TempDir Path directory;

  @Test
  void isATableWithDescriptionsThatCannotDriveTheTerminal() {
    KitchenBuilder kitchen =
        KitchenBuilder.in(directory)
            .node("db1")
            .hookDef(
                "drain.json",
                """
                {"name": "drain", "type": "node_predeployhook", "exec": "drain", "weight": -5,
                 "description": "takes \\u001b[2Jout", "filters": {"roles": ["web", "proxy"]}}
                """)
            .hookDef(
                "tell.json",
                """
                {"name": "tell everyone", "type": "global_postdeployhook", "exec": "drain",
                 "enabled": false}
                """)
            .script("drain", "true");
    assertThat(FixCommand.in(kitchen).run("hooks", "list"))
        .isEqualTo(
            new FixResult(
                0,
                """
                NAME           TYPE                   WEIGHT  ON   FOR
                tell everyone  global_postdeployhook       0  no   all
                drain          node_predeployhook         -5  yes  roles=web,proxy
                               takes out
                """,
                ""));
  }
}
