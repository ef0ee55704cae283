package dev.kitchenhooks.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path dir;

  @Test
  void aNewFileHasTheModeAskedFor() throws IOException {
    Path file = dir.resolve("a");

    AtomicFile.write(file, "ä\n", "rw-r-----");

    assertThat(file).hasContent("ä\n");
    assertThat(mode(file)).isEqualTo("rw-r-----");
    assertNothingElseLies("a");
  }

  @Test
  void aFileThatIsThereKeepsItsMode() throws IOException {
    Path file = Files.writeString(dir.resolve("a"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

    AtomicFile.write(file, "new", "rw-------");

    assertThat(file).hasContent("new");
    assertThat(mode(file)).isEqualTo("rw-rw-rw-");
  }

  @Test
  void aLinkStaysOne() throws IOException {
    Path file = Files.writeString(dir.resolve("real"), "old");
    Path link = Files.createSymbolicLink(dir.resolve("link"), Path.of("real"));

    AtomicFile.write(link, "new", "rw-------");

    assertThat(link).isSymbolicLink().hasContent("new");
    assertThat(file).hasContent("new");
    assertNothingElseLies("real", "link");
  }

  @Test
  void whatACrashLeftIsReplaced() throws IOException {
    Files.writeString(dir.resolve(".a.new"), "half of");

    AtomicFile.write(dir.resolve("a"), "whole", "rw-------");

    assertThat(dir.resolve("a")).hasContent("whole");
    assertNothingElseLies("a");
  }

  @Test
  void deletingWhatIsNotThereIsNoError() throws IOException {
    Path file = Files.writeString(dir.resolve("a"), "");

    AtomicFile.delete(file);
    AtomicFile.delete(file);

    assertNothingElseLies();
  }

  private void assertNothingElseLies(String... names) throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder(names);
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
