package dev.kitchenhooks.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.NodeFarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command in README.md and docs/ is run, page by page, in the order in which a reader meets
 * them, against embedded nodes: it must exit with 0 or what its block says ({@code exit=5}), and
 * print what the page shows.
 */
class DocsCommandsTest {
  /** What cannot be run from inside of a test, and why. */
  private static final Map<String, String> NOT_RUN =
      new TreeMap<>(
          Map.of(
              "./fix demo", "starts nodes of its own; DemoTest plays it",
              "./dev test", "is this very run"));

  @TempDir static Path scratch;
  private static NodeFarm farm;

  @BeforeAll
  static void startNodes() throws IOException {
    farm = NodeFarm.start(List.of("web1.example.com", "web2.example.com", "db1.example.com"));
  }

  @AfterAll
  static void stopNodes() throws IOException {
    farm.close();
  }

  @TestFactory
  Stream<DynamicContainer> pages() throws IOException {
    var pages = new ArrayList<DynamicContainer>();
    for (Page page : Page.all()) {
      Path place = Files.createDirectories(scratch.resolve(page.name().replace('/', '-')));
      Reader reader = Reader.in(place, farm.access());
      pages.add(
          DynamicContainer.dynamicContainer(
              page.name(), page.blocks().stream().flatMap(block -> steps(reader, block))));
    }
    return pages.stream();
  }

  private static Stream<DynamicTest> steps(Reader reader, Block block) {
    if (!block.is("console")) {
      return Stream.of(DynamicTest.dynamicTest(block.where(), () -> reader.write(block)));
    }
    int exit = block.attribute("exit").map(Integer::parseInt).orElse(0);
    return block.commands().stream()
        .filter(command -> !NOT_RUN.containsKey(command.text()))
        .map(command ->
            DynamicTest.dynamicTest(
                command.where() + " " + command.text(),
                () -> {
                  reader.heal();
                  if (block.attribute("sick").isPresent()) {
                    reader.makeSick(block.attribute("sick").get());
                  }
                  check(reader.type(command.text()), exit, command);
                }));
  }

  private static void check(FixResult result, int exit, Block.Command command) {
    String output = result.out() + result.err();
    assertThat(result.exit()).as("exit code of %s%n%s", command.text(), output).isEqualTo(exit);
    if (!command.output().isEmpty()) {
      assertThat(new ExpectedOutput(command.output()).matches(output))
          .as(
              "%s shows%n%s%nbut %s prints%n%s",
              command.where(), String.join("\n", command.output()), command.text(), output)
          .isTrue();
    }
  }

  @Test
  void noExceptionIsOlderThanItsCommand() throws IOException {
    Set<String> commands = new TreeSet<>();
    for (Page page : Page.all()) {
      page.blocks().stream()
          .filter(block -> block.is("console"))
          .flatMap(block -> block.commands().stream())
          .forEach(command -> commands.add(command.text()));
    }
    assertThat(commands).containsAll(NOT_RUN.keySet());
  }
}
