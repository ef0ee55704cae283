package dev.kitchenhooks;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The map of {@code docs/architecture.md}, as rules that the build holds to. */
class ArchitectureTest {
  private static final String ROOT = "dev.kitchenhooks";
  private static final int MOST_LINES = 300;

  /**
   * For two of them the time itself is the event: the status line's second, the interval of SSH's
   * keep-alive. The third waits for processes that are not its children, whose end nobody tells.
   */
  private static final String SLEEPERS = "Ticker|AliveWatch|LiveTrees";

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  /** Each package and those of ours that it may know: a lower one never knows an upper one. */
  private static final Map<String, List<String>> MAY_KNOW =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("problem", List.of()),
              Map.entry("json", List.of("problem")),
              Map.entry("schema", List.of("json", "problem")),
              Map.entry("kitchen", List.of("json", "problem")),
              Map.entry("compose", List.of("json", "problem")),
              Map.entry("hook", List.of("kitchen", "schema", "json", "problem")),
              Map.entry("plan", List.of("hook", "kitchen", "json", "problem")),
              Map.entry("rules", List.of("plan", "hook", "kitchen", "problem")),
              Map.entry("process", List.of("problem")),
              Map.entry("store", List.of("problem")),
              Map.entry("secret", List.of("process", "hook", "kitchen", "json", "problem")),
              Map.entry(
                  "plugin", List.of("process", "store", "hook", "kitchen", "json", "problem")),
              Map.entry("vendor", List.of("process", "store", "kitchen", "json", "problem")),
              Map.entry("remote", List.of("process", "problem")),
              Map.entry("sync", List.of("remote", "process", "kitchen", "json", "problem")),
              Map.entry(
                  "run",
                  List.of(
                      "rules", "plan", "hook", "store", "kitchen", "json", "problem", "process",
                      "remote", "secret")),
              Map.entry(
                  "container",
                  List.of("run", "plan", "hook", "kitchen", "json", "problem", "process")),
              Map.entry("ssh", List.of("remote", "process", "kitchen", "json", "problem")),
              Map.entry("apphook", List.of("container", "schema", "json", "problem")),
              Map.entry(
                  "monitoring",
                  List.of("apphook", "container", "compose", "store", "schema", "json", "problem")),
              Map.entry(
                  "hub",
                  List.of("apphook", "container", "compose", "store", "schema", "json", "problem")),
              Map.entry(
                  "backup",
                  List.of(
                      "apphook",
                      "backup",
                      "container",
                      "compose",
                      "store",
                      "remote",
                      "process",
                      "schema",
                      "json",
                      "problem")),
              Map.entry(
                  "notify", List.of("apphook", "secret", "process", "schema", "json", "problem")),
              Map.entry(
                  "chef",
                  List.of(
                      "run", "plan", "hook", "sync", "remote", "process", "kitchen", "json",
                      "problem")),
              Map.entry(
                  "app",
                  List.of(
                      "chef", "run", "plan", "hook", "remote", "process", "kitchen", "json",
                      "problem")),
              Map.entry(
                  "history",
                  List.of(
                      "run", "rules", "plan", "hook", "store", "kitchen", "json", "problem",
                      "process")),
              Map.entry(
                  "console",
                  List.of(
                      "history", "run", "rules", "plan", "hook", "kitchen", "json", "problem",
                      "process", "remote")),
              Map.entry(
                  "wrap",
                  List.of("run", "plan", "hook", "store", "kitchen", "json", "problem", "process")),
              Map.entry(
                  "demo", List.of("store", "kitchen", "json", "problem", "process", "remote")),
              Map.entry(
                  "cli",
                  List.of(
                      "app",
                      "apphook",
                      "backup",
                      "chef",
                      "compose",
                      "console",
                      "container",
                      "demo",
                      "history",
                      "hub",
                      "hook",
                      "json",
                      "kitchen",
                      "monitoring",
                      "notify",
                      "plan",
                      "plugin",
                      "problem",
                      "process",
                      "remote",
                      "rules",
                      "run",
                      "secret",
                      "ssh",
                      "store",
                      "vendor",
                      "wrap"))));

  /** Each library that has one home, and the home. */
  private static final Map<String, String> HOME =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("net.schmizz..", "ssh"),
              Map.entry("com.hierynomus..", "ssh"),
              Map.entry("org.apache.commons.exec..", "process"),
              Map.entry("com.networknt.schema..", "schema"),
              Map.entry("org.apache.commons.compress..", "sync"),
              Map.entry("java.sql..", "history"),
              Map.entry("org.sqlite..", "history"),
              Map.entry("picocli..", "cli"),
              Map.entry("org.apache.sshd..", "demo"),
              Map.entry("org.snakeyaml..", "compose"),
              Map.entry("jakarta.mail..", "notify")));

  static Stream<String> packages() {
    return MAY_KNOW.keySet().stream();
  }

  static Stream<String> libraries() {
    return HOME.keySet().stream();
  }

  @Test
  void everyPackageHasItsPlaceOnTheMap() {
    assertThat(
            MAIN.stream()
                .map(c -> c.getPackageName().substring(ROOT.length()).replaceFirst("^\\.", ""))
                .map(name -> name.replaceFirst("\\..*", ""))
                .filter(name -> !name.isEmpty())
                .distinct())
        .isSubsetOf(MAY_KNOW.keySet());
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void knowsOnlyLowerPackages(String name) {
    String[] allowed =
        Stream.concat(Stream.of(name), MAY_KNOW.getOrDefault(name, List.of()).stream())
            .map(ArchitectureTest::within)
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(within(name))
        .should()
        .onlyDependOnClassesThat(not(resideInAPackage(ROOT + "..")).or(resideInAnyPackage(allowed)))
        .allowEmptyShould(true)
        .check(MAIN);
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void aLibraryHasOneHome(String library) {
    noClasses()
        .that()
        .resideOutsideOfPackage(within(HOME.getOrDefault(library, "")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(MAIN);
  }

  @Test
  void theRulesTouchNothingButValues() {
    noClasses()
        .that()
        .resideInAnyPackage(within("rules"), within("plan"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.io..", "java.net..", "java.nio.file..", "java.util.concurrent..", "org.slf4j..")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .check(MAIN);
  }

  @Test
  void onlyTheCommandLineEndsTheProgramOrPrints() {
    noClasses()
        .that()
        .resideOutsideOfPackage(within("cli"))
        .and()
        .doNotHaveFullyQualifiedName(ROOT + ".Main")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(MAIN);
    noClasses()
        .that()
        .resideOutsideOfPackages(within("cli"), within("console"))
        .and()
        .doNotHaveFullyQualifiedName(ROOT + ".Main")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(MAIN);
  }

  @Test
  void lettersChangeCaseInANamedLocale() {
    noClasses()
        .should()
        .callMethod(String.class, "toLowerCase")
        .orShould()
        .callMethod(String.class, "toUpperCase")
        .because("in a Turkish locale the name of a node would change")
        .check(MAIN);
  }

  @Test
  void nothingSleepsWhereAnEventCanBeAwaited() {
    noClasses()
        .that()
        .haveNameNotMatching(".*\\.(" + SLEEPERS + ")")
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", long.class, int.class)
        .orShould()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .orShould()
        .callMethod(java.util.concurrent.TimeUnit.class, "sleep", long.class)
        .because("waiting is for an event, with a limit")
        .check(MAIN);
  }

  @Test
  void filesStaySmall() throws IOException {
    Path sources = Path.of("src", "main", "java");
    try (Stream<Path> files = Files.walk(sources)) {
      List<Path> java = files.filter(f -> f.toString().endsWith(".java")).toList();
      assertThat(java).isNotEmpty();
      assertThat(java).filteredOn(f -> lines(f) > MOST_LINES).isEmpty();
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String within(String name) {
    return ROOT + "." + name + "..";
  }
}
