package dev.kitchenhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher {@code fix}, in a project directory whose JVM and whose {@code dev} are scripts that
 * say how they were called.
 */
final class LauncherTest {
  private static final String JVM =
      """
      #!/bin/sh
      echo "jvm ${0%/bin/java} LC_CTYPE=$LC_CTYPE"
      printf '<%s>\\n' "$@"
      exit 7
      """;

  @TempDir private Path scratch;
  private Path project;
  private Path jdk;

  private record Result(int code, List<String> lines) {}

  @BeforeEach
  void project() throws IOException {
    project = Files.createDirectory(scratch.resolve("a project's home"));
    executable(project.resolve("fix"), Files.readString(Path.of("fix")));
    Files.writeString(project.resolve("pom.xml"), "");
    jdk = jdk("jdk", "25.0.3");
  }

  @Test
  void startsTheBuiltVersionAndPassesArgumentsAndExitCodeOn() throws Exception {
    built();

    Result result = fix(Map.of(), "node:a", "", "two words", "*");

    assertThat(result.code).isEqualTo(7);
    assertThat(result.lines)
        .startsWith("jvm " + jdk + " LC_CTYPE=C.UTF-8")
        .contains("<-XX:AOTCache=/the/caches/running.aot>", "<-Dorg.sqlite.lib.path=/the/library>")
        .endsWith("<dev.kitchenhooks.Main>", "<node:a>", "<>", "<two words>", "<*>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--version",
        "--help",
        "hooks lint",
        "--kitchen wrap plan node:all",
        "list_nodes",
        "-e staging list_nodes_with_role:web",
        "--env staging list_roles",
        "new_kitchen",
        "--output json status"
      })
  void keepsTheOptimizingCompilerAwayFromWhatOnlyReads(String arguments) throws Exception {
    built();

    assertThat(fix(Map.of(), arguments.split(" ")).lines)
        .contains("<-XX:TieredStopAtLevel=1>", "<-XX:AOTCache=/the/caches/reading.aot>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "node:all",
        "-e plan node:all",
        "--kitchen plan node:all",
        "--kitchen=plan node:all",
        "demo"
      })
  void leavesTheOptimizingCompilerToFirstSyncs(String arguments) throws Exception {
    built();

    assertThat(fix(Map.of(), arguments.split(" ")).lines)
        .contains("<dev.kitchenhooks.Main>", "<-XX:AOTCache=/the/caches/running.aot>")
        .doesNotContain("<-XX:TieredStopAtLevel=1>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--kitchen SENT node:all",
        "--kitchen=SENT rerun",
        "--env staging --kitchen SENT node:all",
        "wrap node:a -- plan"
      })
  void keepsItAwayFromRunsThatSendLittle(String arguments) throws Exception {
    built();
    Path kitchen = scratch.resolve("sent");
    Files.createDirectories(kitchen.resolve(".fix/sync/hashes"));

    assertThat(fix(Map.of(), arguments.replace("SENT", kitchen.toString()).split(" ")).lines)
        .contains("<-XX:TieredStopAtLevel=1>", "<-XX:AOTCache=/the/caches/running.aot>");
  }

  @Test
  void startsThroughLinksFromAnywhere() throws Exception {
    built();
    Path bin = Files.createDirectory(scratch.resolve("bin"));
    Path relative = Files.createSymbolicLink(bin.resolve("again"), Path.of("../link"));
    Files.createSymbolicLink(scratch.resolve("link"), project.resolve("fix"));

    Result result = run(Path.of("/"), Map.of(), List.of(relative.toString(), "status"));

    assertThat(result.lines).startsWith("jvm " + jdk + " LC_CTYPE=C.UTF-8").endsWith("<status>");
  }

  @Test
  void buildsOnFirstUse() throws Exception {
    executable(project.resolve("dev"), devThatBuilds());

    Result result = fix(Map.of(), "status");

    assertThat(result.lines)
        .startsWith("dev build --if-needed because first use", "jvm " + jdk + " LC_CTYPE=C.UTF-8")
        .endsWith("<status>");
  }

  @Test
  void saysThatNothingRanWhenItCannotBeBuilt() throws Exception {
    executable(project.resolve("dev"), "#!/bin/sh\necho 'no compiler'\nexit 1\n");

    assertThat(fix(Map.of(), "node:all"))
        .isEqualTo(
            new Result(
                2,
                List.of(
                    "no compiler",
                    "fix: could not be built, so nothing has run; the reason is above")));
  }

  @Test
  void buildsAgainWhereItsDirectoryHasMoved() throws Exception {
    built();
    project = Files.move(project, scratch.resolve("moved"));
    executable(project.resolve("dev"), devThatBuilds());

    assertThat(fix(Map.of(), "status").lines)
        .startsWith("dev build --if-needed because its directory has moved");
  }

  @Test
  void buildsAgainWhereItsJdkIsGone() throws Exception {
    built();
    Files.delete(jdk.resolve("bin/java"));
    jdk = jdk("newer", "26");
    executable(project.resolve("dev"), devThatBuilds());

    assertThat(fix(Map.of(), "status").lines)
        .startsWith(
            "dev build --if-needed because the JDK it was built with ("
                + scratch.resolve("jdk")
                + ") is gone",
            "jvm " + jdk + " LC_CTYPE=C.UTF-8");
  }

  @Test
  void buildsAgainOnlyAfterCommitsThatTouchTheSources() throws Exception {
    executable(project.resolve("dev"), devThatBuilds());
    git("init", "-q");
    commit("src/Main.java", "1");
    assertThat(fix(Map.of(), "status").lines).first().asString().endsWith("because first use");

    commit("docs/readme.md", "2");
    assertThat(fix(Map.of(), "status").lines).first().asString().startsWith("jvm ");

    commit("src/Main.java", "2");
    assertThat(fix(Map.of(), "status").lines)
        .first()
        .asString()
        .endsWith("because its sources have changed");
  }

  @Test
  void usesAnotherJdkWithoutTheCacheOfTheFirst() throws Exception {
    built();
    Path other = jdk("other", "26-ea");

    assertThat(fix(Map.of("FIX_JAVA_HOME", other.toString()), "status").lines)
        .startsWith("jvm " + other + " LC_CTYPE=C.UTF-8")
        .noneMatch(line -> line.contains("AOTCache"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"17.0.15", "1.8.0_401", "nonsense"})
  void refusesAnOldJdk(String version) throws Exception {
    built();
    Path old = jdk("old", version);

    assertThat(fix(Map.of("FIX_JAVA_HOME", old.toString()), "status"))
        .isEqualTo(
            new Result(
                2, List.of("fix: FIX_JAVA_HOME is " + old + ", which is no JDK 25 or newer")));
  }

  @Test
  void splitsJvmOptionsButExpandsNothing() throws Exception {
    built();

    assertThat(fix(Map.of("FIX_JAVA_OPTS", "-Xmx2g -Dall=/*"), "status").lines)
        .containsSequence("<-Xmx2g>", "<-Dall=/*>", "<-cp>");
  }

  @Test
  void leavesTheCallersLocaleAlone() throws Exception {
    built();

    assertThat(fix(Map.of("LANG", "de_DE.UTF-8"), "status").lines)
        .startsWith("jvm " + jdk + " LC_CTYPE=");
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = scratch.resolve(name);
    executable(home.resolve("bin/java"), JVM);
    Files.writeString(
        home.resolve("release"),
        "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\nMODULES=\"java.base\"\n");
    return home;
  }

  private void built() throws IOException {
    Path settings = project.resolve("target/dist/settings");
    Files.createDirectories(settings.getParent());
    Files.writeString(settings, settings(project.toString(), "", ""));
    Files.setLastModifiedTime(
        project.resolve("pom.xml"), FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
  }

  private String settings(String top, String reflog, String sources) {
    return """
    fix_top="%s"
    fix_java_home="%s"
    fix_classpath=/the/classes
    fix_native=/the/library
    fix_caches=/the/caches
    fix_reflog="%s"
    fix_sources="%s"
    """
        .formatted(top, jdk, reflog, sources);
  }

  /** Says how it was called, and writes settings, as the real one does. */
  private String devThatBuilds() {
    return """
    #!/bin/sh
    echo "dev $* because $FIX_BUILD_REASON"
    top=${0%/*}
    [ ! -d "$top/.git" ] || log=$top/.git/logs/HEAD
    sources=$(git -C "$top" rev-parse HEAD:src HEAD:pom.xml HEAD:dev 2>/dev/null)
    mkdir -p "$top/target/dist"
    cat > "$top/target/dist/settings" <<END
    """
        + settings("$top", "$log", "$sources")
        + "END\n";
  }

  private void commit(String file, String text) throws Exception {
    Files.createDirectories(project.resolve(file).getParent());
    Files.writeString(project.resolve(file), text);
    git("add", "src", "pom.xml", "dev", file);
    git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "change");
    // The clock of a file system may stand still between two steps of a test.
    Path settings = project.resolve("target/dist/settings");
    if (Files.exists(settings)) {
      Files.setLastModifiedTime(settings, FileTime.from(Instant.now().minusSeconds(5)));
    }
  }

  private void git(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    assertThat(run(project, Map.of(), command)).isEqualTo(new Result(0, List.of()));
  }

  private Result fix(Map<String, String> environment, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of(project.resolve("fix").toString()));
    command.addAll(List.of(arguments));
    return run(scratch, environment, command);
  }

  private static Result run(Path directory, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.redirectErrorStream(true).redirectInput(Path.of("/dev/null").toFile());
    builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
    builder.environment().put("HOME", directory.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    List<String> lines = process.inputReader().readAllLines();
    return new Result(process.waitFor(), lines);
  }

  private static void executable(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
