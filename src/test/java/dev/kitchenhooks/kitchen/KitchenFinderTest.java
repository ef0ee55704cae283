package dev.kitchenhooks.kitchen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KitchenFinderTest {
  @TempDir Path temporary;
  private Path dir;

  @BeforeEach
  void real() throws IOException {
    dir = temporary.toRealPath();
  }

  @ParameterizedTest
  @CsvSource({
    "littlechef.cfg, true",
    "config.cfg, true",
    "auth.cfg, true",
    "nodes/a.json roles/web.json, true",
    "nodes/a.json hook-defs/a.json, true",
    "nodes/a.json cookbooks/x/y, true",
    "nodes/a.json site-cookbooks/x/y, true",
    "nodes/a.json, false",
    "roles/web.json hook-defs/a.json, false",
    "littlechef.cfg/file, false",
  })
  void whatMakesAKitchen(String files, boolean expected) {
    KitchenBuilder kitchen = KitchenBuilder.emptyIn(dir);
    for (String file : files.split(" ", -1)) {
      kitchen.file(file, "");
    }
    assertThat(KitchenFinder.isKitchen(dir)).isEqualTo(expected);
  }

  @Test
  void theNearestParentThatIsOne() throws IOException {
    KitchenBuilder.in(dir);
    Path inner = KitchenBuilder.in(dir.resolve("a/inner")).directory();
    Path below = Files.createDirectories(inner.resolve("site-cookbooks/nginx"));
    assertThat(KitchenFinder.find(Optional.empty(), below)).isEqualTo(inner);
    assertThat(KitchenFinder.find(Optional.empty(), dir.resolve("a"))).isEqualTo(dir);
    assertThat(KitchenFinder.find(Optional.of(Path.of("../..")), below)).isEqualTo(inner);
  }

  @Test
  void linksAreResolved() throws IOException {
    Path kitchen = KitchenBuilder.in(dir.resolve("kitchen")).directory();
    Path link = Files.createSymbolicLink(dir.resolve("link"), kitchen);
    assertThat(KitchenFinder.find(Optional.of(link), dir)).isEqualTo(kitchen);
  }

  @Test
  void whereThereIsNone() throws IOException {
    Path empty = Files.createDirectory(dir.resolve("empty"));
    FixException e = refused(Optional.empty(), empty);
    assertThat(e)
        .hasMessage(
            empty + " is not in a kitchen: neither it nor a directory above has a littlechef.cfg");
    assertThat(e.hint()).isEqualTo("cd to the kitchen, or name it with --kitchen DIR");
    assertThat(refused(Optional.of(Path.of("empty")), dir))
        .hasMessage("--kitchen " + empty + ": this is not a kitchen: it has no littlechef.cfg");
    assertThat(refused(Optional.of(Path.of("gone")), dir))
        .hasMessage("--kitchen " + dir.resolve("gone") + ": there is no such directory");
  }

  private static FixException refused(Optional<Path> chosen, Path from) {
    var e = catchThrowableOfType(FixException.class, () -> KitchenFinder.find(chosen, from));
    assertThat(e.exitCode()).isEqualTo(ExitCode.INVALID);
    return e;
  }
}
