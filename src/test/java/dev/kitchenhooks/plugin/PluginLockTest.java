package dev.kitchenhooks.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.hook.PluginLock;
import dev.kitchenhooks.hook.PluginPin;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginLockTest {
  private static final String COMMIT = "1a".repeat(20);
  private static final String TREE = "sha256:" + "2b".repeat(32);

  @TempDir Path kitchen;
  private final Problems problems = new Problems();

  private PluginLock read(String text) throws IOException {
    Files.writeString(kitchen.resolve(PluginLock.FILE), text);
    return PluginLock.read(kitchen, problems);
  }

  @Test
  void whatIsWrittenIsReadBack() {
    var pins =
        List.of(
            new PluginPin("git@h:b \"x\"", "v1", PluginPin.Kind.TAG, COMMIT, TREE),
            new PluginPin("https://h/a", "main", PluginPin.Kind.BRANCH, "3c".repeat(32), TREE),
            new PluginPin("https://h/a", "refs/x", PluginPin.Kind.OTHER, COMMIT, TREE));
    LockFile.write(kitchen, pins.reversed());
    assertThat(PluginLock.read(kitchen, problems).pins()).containsExactlyElementsOf(pins);
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void withoutTheFileNothingIsPinned() {
    assertThat(PluginLock.read(kitchen, problems)).isEqualTo(PluginLock.EMPTY);
    assertThat(problems.isEmpty()).isTrue();
    LockFile.write(kitchen, List.of());
    assertThat(kitchen.resolve(PluginLock.FILE)).doesNotExist();
  }

  @Test
  void aLinkToTheFileStaysOne() throws IOException {
    Path real = Files.writeString(kitchen.resolve("real.lock"), "{}");
    Files.createSymbolicLink(kitchen.resolve(PluginLock.FILE), real);
    LockFile.write(kitchen, List.of(new PluginPin("r", "v1", PluginPin.Kind.TAG, COMMIT, TREE)));
    assertThat(kitchen.resolve(PluginLock.FILE)).isSymbolicLink();
    assertThat(PluginLock.read(kitchen, problems).pins()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                                      | 1:1: error: an object was expected, not a list",
        "{}                                      | 1:1: error: \"version\" is missing",
        "{\"version\": 2}                        | 1:13: error: \"version\" is 2; this fix reads version 1",
        "{\"version\": \"1\"}                    | 1:13: error: \"version\" is \"1\"; this fix reads version 1",
        "{\"version\": 1}                        | 1:1: error: \"plugins\" must be a list",
        "{\"version\": 1, \"plugins\": {}}       | 1:27: error: \"plugins\" must be a list",
        "{\"version\": 1, \"plugins\": [1]}      | 1:28: error: an object was expected, not a number",
        "{\"version\": 1, \"plugins\": [], \"x\": 1} | 1:31: error: unknown key \"x\"",
        "{\"version\": 1, \"version\": 1, \"plugins\": []} | 1:16: error:",
        "<<<<<<< HEAD                            | 1:1: error: not valid JSON",
        "``                                      | 1:1: error: the file is empty",
      })
  void whatIsWrongIsSaidAtItsPlace(String text, String expected) throws IOException {
    assertThat(read(text).entries()).isEmpty();
    assertThat(problems.errors()).hasSize(1);
    assertThat(problems.errors().getFirst().format()).startsWith("hook-plugins.lock:" + expected);
  }

  @Test
  void everyFaultOfEveryEntryIsSaid() throws IOException {
    PluginLock lock =
        read(
            """
            {"version": 1, "plugins": [
              {"repo": "r", "ref": "a", "kind": "tag", "commit": "%1$s", "tree": "%2$s"},
              {"repo": "r", "ref": "a", "kind": "tag", "commit": "%1$s", "tree": "%2$s"},
              {"repo": "r", "ref": "b", "kind": "tga", "commit": "1a2b", "tree": "%2$sff"},
              {"repo": "", "kind": 1, "commti": "%1$s", "tree": "%2$s"}
            ]}
            """
                .formatted(COMMIT, TREE));
    assertThat(lock.pins().map(PluginPin::ref)).containsExactly("a");
    assertThat(problems.sorted().stream().map(Problem::format))
        .allMatch(line -> line.startsWith("hook-plugins.lock:"))
        .anyMatch(line -> line.contains(":3:3: error: \"a\" of \"r\" is pinned already, in line 2"))
        .anyMatch(line -> line.contains(":4:37: error: \"tga\" is not \"tag\", \"branch\", "))
        .anyMatch(
            line -> line.contains(":4:54: error: \"commit\" must be the full hash of a commit"))
        .anyMatch(line -> line.contains("error: \"tree\" must be sha256: and 64 hexadecimal"))
        .anyMatch(line -> line.contains(":5:12: error: \"repo\" must be a text, not \"\""))
        .anyMatch(line -> line.contains(":5:3: error: \"ref\" is missing"))
        .anyMatch(line -> line.contains("unknown key \"commti\" (did you mean \"commit\"?)"))
        .hasSize(9);
  }
}
