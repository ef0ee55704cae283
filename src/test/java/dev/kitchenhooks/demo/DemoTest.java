package dev.kitchenhooks.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.cli.FixCli;
import dev.kitchenhooks.cli.Surroundings;
import dev.kitchenhooks.kitchen.Kitchen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo, through the command line as it is. */
@Timeout(120)
class DemoTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final List<Path> kitchens = new ArrayList<>();

  @TempDir Path temp;

  @AfterEach
  void removeWhatTheDemoLeaves() throws IOException {
    for (Path kitchen : kitchens) {
      Path stage = kitchen.getParent();
      if (stage != null && Files.exists(stage)) {
        Files.walkFileTree(stage, new Deleting());
      }
    }
  }

  @Test
  void showsAGreenASkippedAndAnAbortedRun() throws Exception {
    int code = new Demo(this::fix, out).run();
    String text = bytes.toString(StandardCharsets.UTF_8);
    assertThat(code).as(text).isZero();
    assertThat(text)
        .containsSubsequence(
            "== 1. ",
            "node:all",
            "exit code: 0",
            "== 2. ",
            "nodes_with_role:web",
            "exit code: 5",
            "== 3. ",
            "nodes_with_role:web",
            "exit code: 4",
            "== What to type next ==",
            "status")
        .contains("stand-in chef-solo: nothing is configured")
        .contains("web2.example.com: GET /health returned 503")
        .contains("web1.example.com is back in service (its deploy returned 0)");
    Path kitchen = kitchens.getFirst();
    assertThat(Kitchen.open(kitchen).configWarnings()).isEmpty();
    assertThat(kitchen.getParent()).isDirectoryNotContaining(file -> !file.equals(kitchen));
  }

  @Test
  void commandsThatItNamesAtTheEndWork() throws Exception {
    new Demo(this::fix, out).run();
    String kitchen = kitchens.getFirst().toString();
    for (List<String> command :
        List.of(
            List.of("status"),
            List.of("history"),
            List.of("plan", "node:all"),
            List.of("hooks", "explain", "node:all", "--hook", "lb-drain"))) {
      assertThat(bytes.toString(StandardCharsets.UTF_8)).contains(String.join(" ", command));
      List<String> args = new ArrayList<>(List.of("--kitchen", kitchen));
      args.addAll(command);
      assertThat(fix(args, Map.of())).as(command.toString()).isZero();
    }
  }

  @Test
  void stopsWhereARunDoesNotEndAsTold() throws Exception {
    int code =
        new Demo(
                (args, variables) -> {
                  kitchens.add(Path.of(args.get(1)));
                  return 130;
                },
                out)
            .run();
    assertThat(code).isEqualTo(130);
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("it should have been 0")
        .doesNotContain("== 2. ", "What to type next");
  }

  private int fix(List<String> args, Map<String, String> variables) {
    kitchens.add(Path.of(args.get(1)));
    Map<String, String> environment = new HashMap<>(variables);
    environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    environment.put("HOME", temp.toString());
    return FixCli.run(
        args,
        new Surroundings(
            out,
            out,
            new ByteArrayInputStream(new byte[0]),
            environment,
            temp,
            false,
            false,
            false,
            false));
  }

  private static final class Deleting extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
        throws IOException {
      Files.delete(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
