package dev.kitchenhooks.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
  private static final String EMPTY_HASH =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @TempDir Path directory;
  private Path tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = Files.createDirectory(directory.resolve("a tree"));
    Files.createDirectory(tree.resolve("lib"));
    Files.writeString(tree.resolve("lib/ü b"), "");
    Path run = Files.writeString(tree.resolve("run"), "");
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwx------"));
    Files.createSymbolicLink(tree.resolve("link"), Path.of("../x y"));
    Files.createSymbolicLink(tree.resolve("away"), Path.of("/x y"));
  }

  @Test
  void saysOfEachEntryWhatItIs() throws IOException {
    assertThat(Manifest.of(tree).text())
        .isEqualTo(
            """
            l /x%%20y away
            d - lib
            f %1$s lib/%%C3%%BC%%20b
            l ../x%%20y link
            x %1$s run
            """
                .formatted(EMPTY_HASH));
  }

  @Test
  void isReadBackAsItWasWritten() throws IOException {
    Manifest manifest = Manifest.of(tree);
    assertThat(Manifest.parse(manifest.text())).isEqualTo(manifest);
    assertThat(Manifest.parse(manifest.text()).digest())
        .isEqualTo(manifest.digest())
        .matches("sha256:[0-9a-f]{64}");
  }

  @Test
  void seesEveryKindOfChange() throws IOException {
    Manifest before = Manifest.of(tree);
    Files.writeString(tree.resolve("run"), "x");
    Files.delete(tree.resolve("link"));
    Files.createDirectory(tree.resolve("new"));
    Files.writeString(tree.resolve("new/file"), "");
    Manifest after = Manifest.of(tree);
    assertThat(after.since(before))
        .containsExactly(
            new FileChange('D', "link"),
            new FileChange('A', "new/file"),
            new FileChange('M', "run"));
    assertThat(after.digest()).isNotEqualTo(before.digest());
  }

  @Test
  void anEmptyDirectoryIsAChangeToo() throws IOException {
    Manifest before = Manifest.of(tree);
    Files.createDirectory(tree.resolve("new"));
    Manifest after = Manifest.of(tree);
    assertThat(after.since(before)).isEmpty();
    assertThat(after.anythingSince(before)).containsExactly(new FileChange('A', "new"));
    assertThat(before.anythingSince(after)).containsExactly(new FileChange('D', "new"));
  }

  @Test
  void doesNotDependOnWhereTheTreeLies() throws IOException {
    String digest = Manifest.of(tree).digest();
    Path moved = Files.move(tree, directory.resolve("elsewhere"));
    assertThat(Manifest.of(moved).digest()).isEqualTo(digest);
  }
}
