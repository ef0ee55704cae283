package dev.kitchenhooks.kitchen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
  @TempDir Path dir;
  private StateDirectory state;

  @BeforeEach
  void open() {
    state = Kitchen.open(KitchenBuilder.in(dir).directory()).state();
  }

  @Test
  void readingMakesNothing() {
    assertThat(state.existingHistoryFile()).isEmpty();
    assertThat(state.directory()).isEqualTo(dir.resolve(".fix")).doesNotExist();
  }

  @Test
  void whatIsNeededIsMadeForTheCallerAlone() throws IOException {
    assertThat(state.run("20261122-1")).isEqualTo(dir.resolve(".fix/runs/20261122-1"));
    assertThat(state.run("20261122-1")).isDirectory();
    assertThat(state.locks()).isEqualTo(dir.resolve(".fix/locks"));
    for (String made : new String[] {".fix", ".fix/runs", ".fix/runs/20261122-1", ".fix/locks"}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve(made))))
          .as(made)
          .isEqualTo("rwx------");
    }
    assertThat(dir.resolve(".fix/.gitignore")).hasContent("*");
  }

  @Test
  void theHistoryIsThereOnceItWasWritten() throws IOException {
    Path file = state.historyFile();
    assertThat(file).isEqualTo(dir.resolve(".fix/history.db")).doesNotExist();
    assertThat(state.existingHistoryFile()).isEmpty();
    Files.createFile(file);
    assertThat(state.existingHistoryFile()).contains(file);
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Files.createSymbolicLink(dir.resolve(".fix"), Files.createDirectory(dir.resolve("elsewhere")));
    assertThatThrownBy(state::locks)
        .isInstanceOf(FixException.class)
        .hasMessage(dir.resolve(".fix") + " is in the way: it is not a directory");
  }

  @Test
  void aRunsIdCannotLeadElsewhere() {
    assertThatThrownBy(() -> state.run("../x")).isInstanceOf(IllegalArgumentException.class);
    assertThat(state.directory()).doesNotExist();
  }
}
