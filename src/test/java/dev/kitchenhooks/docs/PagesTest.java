package dev.kitchenhooks.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.backup.BackupConf;
import dev.kitchenhooks.hook.HookDefinitions;
import dev.kitchenhooks.hook.Loaded;
import dev.kitchenhooks.hub.HubConf;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.monitoring.MonitoringHook;
import dev.kitchenhooks.notify.NotifyHook;
import dev.kitchenhooks.schema.JsonSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;

/** What the pages say besides commands: examples load, links lead somewhere, names exist. */
class PagesTest {
  private static final int WIDTH = 120;
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+Test)`");
  private static final Pattern TEST_METHOD = Pattern.compile("`([A-Z]\\w+Test#\\w+)`");
  private static final Pattern METHOD = Pattern.compile("(?m)^  void (\\w+)\\(");
  private static final Pattern COMMENTED_KEY = Pattern.compile("(?m)^# (?=[a-z_-]+ = )");

  /**
   * Those of which this or another test checks what they hold; a drawing has none, and what is
   * quoted of other tools ({@code theirs}) is not ours to check.
   */
  private static final Set<String> LANGUAGES =
      Set.of("console", "json", "ini", "sh", "java", "yaml", "");

  /** The kitchens that {@code docs/coming-from.md} shows parts of; tests run them. */
  private static final Path SEEDS = Path.of("src/test/resources/dev/kitchenhooks/seeds");

  private static final Map<String, JsonSchema> CONFS =
      Map.of(
          "hub", JsonSchema.of(HubConf.schema()),
          "backup", JsonSchema.of(BackupConf.schema()),
          "monitoring", JsonSchema.of(MonitoringHook.schema()),
          "notify", JsonSchema.of(NotifyHook.schema()));

  @TempDir Path kitchen;

  static Stream<Page> pages() throws IOException {
    return Page.all().stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void blocksAreOfAKindThatIsChecked(Page page) {
    assertThat(page.blocks())
        .filteredOn(block -> block.attribute("theirs").isEmpty())
        .allSatisfy(block -> {
          assertThat(block.language()).as(block.where()).isIn(LANGUAGES);
          if (block.is("sh") || block.is("yaml")) {
            assertThat(block.attributes().keySet()).as(block.where()).containsAnyOf("file", "seed");
          }
        });
  }

  @ParameterizedTest
  @MethodSource("pages")
  void filesOfPortedKitchensAreShownAsTheyAre(Page page) {
    for (Block block : page.blocks()) {
      block
          .attribute("seed")
          .ifPresent(
              file -> assertThat(SEEDS.resolve(file)).as(block.where()).hasContent(block.text()));
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void jsonExamplesAreValid(Page page) throws IOException {
    var lenient =
        JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();
    for (Block block : ofLanguage(page, "json")) {
      assertThat(lenient.readTree(block.text())).as(block.where()).isNotEmpty();
      if (block.attribute("hook").isPresent()) {
        assertLoads(block, block.text());
      }
      if (block.attribute("conf").isPresent()) {
        JsonSchema schema = Objects.requireNonNull(CONFS.get(block.attribute("conf").get()));
        assertThat(schema.validate(lenient.readTree(block.text()))).as(block.where()).isEmpty();
      }
      if (block.attribute("filters").isPresent()) {
        assertLoads(
            block,
            "{\"name\": \"x\", \"type\": \"user\", \"exec\": \"x\", \"filters\": %s}"
                .formatted(block.text()));
      }
    }
  }

  private void assertLoads(Block block, String definition) throws IOException {
    Path defs = Files.createDirectories(kitchen.resolve("hook-defs"));
    Path file = Files.writeString(defs.resolve("example.json"), definition);
    Files.writeString(kitchen.resolve("littlechef.cfg"), "");
    Loaded loaded = HookDefinitions.load(kitchen, Kitchen.open(kitchen).config().hooks());
    assertThat(loaded.problems()).as(block.where()).isEmpty();
    assertThat(loaded.hooks()).as(block.where()).hasSize(1);
    Files.delete(file);
  }

  /** Also with every key in force that stands there as a comment. */
  @ParameterizedTest
  @MethodSource("pages")
  void configurationsLoadWithoutAWarning(Page page) throws IOException {
    for (Block block : ofLanguage(page, "ini")) {
      String all = COMMENTED_KEY.matcher(block.text()).replaceAll("");
      for (String text : List.of(block.text(), all)) {
        Path config = Files.writeString(kitchen.resolve("littlechef.cfg"), text);
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
        assertThat(Kitchen.open(kitchen).configWarnings()).as(block.where()).isEmpty();
      }
    }
  }

  private static List<Block> ofLanguage(Page page, String language) {
    return page.blocks().stream().filter(block -> block.is(language)).toList();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadToFiles(Page page) {
    assertThat(found(page, LINK))
        .filteredOn(link -> !link.startsWith("http"))
        .allSatisfy(
            link -> assertThat(Path.of(page.name()).resolveSibling(link)).as(page.name()).exists());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void testsThatAreNamedExist(Page page) throws IOException {
    var tests = new TreeSet<String>();
    try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith("Test.java")).toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        tests.add(name);
        METHOD
            .matcher(Files.readString(file))
            .results()
            .forEach(method -> tests.add(name + "#" + method.group(1)));
      }
    }
    assertThat(tests).as(page.name()).containsAll(found(page, TEST));
    assertThat(tests).as(page.name()).containsAll(found(page, TEST_METHOD));
  }

  private static List<String> found(Page page, Pattern pattern) {
    return page.prose().stream()
        .flatMap(line -> pattern.matcher(line).results())
        .map(result -> result.group(1))
        .toList();
  }

  /** Rows of tables cannot be broken. */
  @ParameterizedTest
  @MethodSource("pages")
  void linesAreShortEnoughToRead(Page page) {
    Predicate<String> table = line -> line.startsWith("|");
    assertThat(page.prose().stream().filter(table.negate()))
        .filteredOn(line -> line.length() > WIDTH)
        .as(page.name())
        .isEmpty();
  }

  @Test
  void theMapOfPackagesIsWhole() throws IOException {
    Page page = Page.read(Path.of("docs", "architecture.md"));
    List<String> named =
        page.prose().stream()
            .flatMap(line -> Pattern.compile("^\\| `(\\w+)` \\|").matcher(line).results())
            .map((MatchResult row) -> row.group(1))
            .toList();
    try (Stream<Path> packages = Files.list(Path.of("src/main/java/dev/kitchenhooks"))) {
      assertThat(named)
          .containsExactlyInAnyOrderElementsOf(
              packages.filter(Files::isDirectory).map(p -> p.getFileName().toString()).toList());
    }
  }
}
