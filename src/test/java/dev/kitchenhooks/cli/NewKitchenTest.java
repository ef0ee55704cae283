package dev.kitchenhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewKitchenTest {
  @TempDir Path directory;

  @Test
  void isAKitchenThatEverythingAccepts() throws IOException {
    var fix = FixCommand.in(directory);
    FixResult made = fix.run("new_kitchen");
    assertThat(made.exit()).isZero();
    assertThat(made.err()).isEmpty();
    assertThat(made.out())
        .isEqualTo(
            """
            Kitchen in %s
              made  littlechef.cfg
              made  nodes/
              made  roles/
              made  environments/
              made  data_bags/
              made  cookbooks/
              made  site-cookbooks/
              made  plugins/
              made  hook-defs/
              made  hooks/

            Next: describe a node in nodes/FQDN.json: {"run_list": []}
                  fix list_nodes
                  fix plan node:all
                  fix hooks new
            """
                .formatted(directory));
    assertThat(Files.getPosixFilePermissions(directory.resolve("littlechef.cfg")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));

    assertThat(fix.run("hooks", "lint", "--strict").exit()).isZero();
    for (String list : InventoryOrder.words()) {
      if (list.startsWith("list_") && !list.contains("_with_")) {
        FixResult listed = fix.run(list);
        assertThat(listed.exit()).as(list).isZero();
        assertThat(listed.err()).as(list).doesNotContain("warning");
      }
    }
    assertThat(fix.run("plan", "node:all").exit()).isZero();
  }

  @Test
  void overwritesNothing() throws IOException {
    Files.writeString(directory.resolve("littlechef.cfg"), "[userinfo]\nuser = me\n");
    Files.createDirectory(directory.resolve("nodes"));
    FixResult made = FixCommand.in(directory).run("new_kitchen", "--output", "json");
    assertThat(made.exit()).isZero();
    assertThat(made.events().getFirst().toString())
        .isEqualTo(
            """
            {"kitchen":"%s","made":["roles/","environments/","data_bags/","cookbooks/",\
            "site-cookbooks/","plugins/","hook-defs/","hooks/"],"kept":["littlechef.cfg","nodes/"]}\
            """
                .formatted(directory));
    assertThat(directory.resolve("littlechef.cfg")).hasContent("[userinfo]\nuser = me\n");
    assertThat(directory.resolve("nodes")).isEmptyDirectory();
  }

  @Test
  void isMadeWhereItIsAskedFor() {
    FixResult made = FixCommand.in(directory).run("--kitchen", "some/where", "new_kitchen");
    assertThat(made.exit()).isZero();
    assertThat(made.out()).contains("fix --kitchen some/where list_nodes");
    assertThat(directory.resolve("some/where/hook-defs/README.md")).exists();
  }

  @Test
  void whatIsInTheWayIsSaid() throws IOException {
    Files.writeString(directory.resolve("roles"), "");
    FixResult result = FixCommand.in(directory).run("new_kitchen");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains(directory.resolve("roles") + " is no directory");
  }
}
