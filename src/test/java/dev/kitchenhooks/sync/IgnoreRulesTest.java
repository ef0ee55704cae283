package dev.kitchenhooks.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitchenhooks.problem.FixException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What ignore files leave out. */
class IgnoreRulesTest {
  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource({
    // pattern, name, directory, left out
    "*.orig, cookbooks/a/x.orig, false, true",
    "*.orig, x.orig, false, true",
    "*.orig, cookbooks/x.orig/y, false, false",
    "spec/, cookbooks/a/spec, true, true",
    "spec/, cookbooks/a/spec, false, false",
    "spec, cookbooks/a/spec, false, true",
    "spec, cookbooks/a/specs, false, false",
    "/cookbooks/*/test/*, cookbooks/a/test/x, false, true",
    "cookbooks/*/test/*, cookbooks/a/b/test/x/y, false, true",
    "/roles, roles, true, true",
    "/roles, cookbooks/roles, true, false",
    "a/b, cookbooks/a/b, true, false",
    "*/a/b, cookbooks/a/b, true, true",
    "x?[ab], cookbooks/x1b, false, true",
    "x?[!ab], cookbooks/x1b, false, false",
    "'  *.bak  ', a.bak, false, true",
    "!*.bak, a.bak, false, false",
    "'# *', '# x', false, false",
    ".chefignore, .fixignore, false, true",
  })
  void patternsAreMatchedAsTheGuideSays(
      String pattern, String name, boolean directory, boolean leftOut) {
    var rules = new IgnoreRules();
    rules.add("", ".fixignore", "\n" + pattern + "\n\n");
    assertThat(rules.ignore(name, directory)).isEqualTo(leftOut);
  }

  @Test
  void rulesOfADirectoryAreAboutWhatIsInIt() {
    var rules = new IgnoreRules();
    rules.add("cookbooks/a", ".chefignore", "/test\n*.md\n");
    assertThat(rules.ignore("cookbooks/a/test", true)).isTrue();
    assertThat(rules.ignore("cookbooks/b/test", true)).isFalse();
    assertThat(rules.ignore("cookbooks/a/deep/x.md", false)).isTrue();
    assertThat(rules.ignore("cookbooks/ab/x.md", false)).isFalse();
  }

  @Test
  void everyBrokenPatternIsNamedWithItsLine() {
    var rules = new IgnoreRules();
    assertThatThrownBy(() -> rules.add("roles", ".chefignore", "ok\n[a\n# fine\n[]\n"))
        .isInstanceOfSatisfying(
            FixException.class,
            e ->
                assertThat(e.problems())
                    .extracting(problem -> problem.file() + ":" + problem.line())
                    .containsExactly("roles/.chefignore:2", "roles/.chefignore:4"));
  }

  @Test
  void treeIsListedWithoutThem() throws Exception {
    for (String name :
        List.of(
            "c/keep",
            "c/x.orig",
            "c/spec/x",
            "c/.git/config",
            "c/.gitignore",
            "c/d/no/x",
            "c/d/yes")) {
      Path file = temp.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "x");
    }
    Files.writeString(temp.resolve(".chefignore"), "*.orig\n");
    Files.writeString(temp.resolve("c/.fixignore"), "spec/\n");
    Files.writeString(temp.resolve("c/d/.chefignore"), "/no\n");
    assertThat(FileTree.list(temp, List.of(new FileTree.Root("c", temp.resolve("c"))), false))
        .extracting(FileTree.Found::name)
        .containsExactly("c", "c/.gitignore", "c/d", "c/d/yes", "c/keep");
  }
}
