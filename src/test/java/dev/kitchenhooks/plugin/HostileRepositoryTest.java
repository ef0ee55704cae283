package dev.kitchenhooks.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.store.Directories;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.GitRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Fetching runs nothing of a repository, and gives the same files whatever is configured. */
class HostileRepositoryTest {
  @TempDir Path directory;
  private GitRepository repo;
  private PluginKitchen kitchen;
  private Path trap;

  @BeforeEach
  void makeRepository() throws IOException {
    repo =
        GitRepository.in(directory.resolve("lb-hooks"))
            .script("drain", "echo one")
            .file("text.txt", "one\ntwo\n$Id$\n");
    repo.commit("Drain");
    kitchen = PluginKitchen.in(directory.resolve("kitchen"));
    trap = directory.resolve("sprung");
    Path script =
        Files.writeString(directory.resolve("trap"), "#!/bin/sh\ntouch '" + trap + "'\ncat\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void globalConfig(String text) throws IOException {
    Path config = Files.writeString(directory.resolve("gitconfig"), text);
    kitchen.with("GIT_CONFIG_GLOBAL", config.toString());
  }

  private String tree() throws IOException {
    return kitchen.lock().at("/plugins/0/tree").asString();
  }

  @Test
  void anAddressThatRunsACommandIsRefused() {
    kitchen.hook("drain", "ext::sh -c touch% " + trap, "main");
    assertThat(kitchen.update(1).getFirst().path("error").asString())
        .contains("transport 'ext' not allowed");
    assertThat(trap).doesNotExist();
  }

  @Test
  void aHostThatIsAnOptionOfSshIsRefused() {
    kitchen.hook("drain", "ssh://-oProxyCommand=touch%20" + trap + "/x", "main");
    assertThat(kitchen.update(1).getFirst().path("error").asString()).contains("blocked");
    assertThat(trap).doesNotExist();
  }

  @Test
  void addressesAndRefsThatAreOptionsOfGitAreRefusedWhereTheyStand() {
    kitchen.hook("a", "--upload-pack=touch " + trap, "main").hook("b", repo.url(), "--exec=x");
    FixResult result = kitchen.fix("hooks", "update");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .contains("hook-defs/a.json:3:23: error: \"plugin.repo\" must be the address")
        .contains("error: \"plugin.ref\" must be the name of a tag");
    assertThat(trap).doesNotExist();
  }

  @Test
  void anAddressThatHoldsAPasswordIsRefused() {
    kitchen.hook("drain", "https://ada:secret@git.example.com/x.git", "main");
    FixResult result = kitchen.fix("hooks", "lint");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.out())
        .contains("drain.json:3:23: error: the address holds a password")
        .doesNotContain("secret");
  }

  @Test
  void filtersAreNotRun() throws IOException {
    globalConfig(
        "[filter \"evil\"]\n smudge = %1$s/trap\n process = %1$s/trap\n required = true\n"
            .formatted(directory));
    repo.file(".gitattributes", "* filter=evil\n").commit("Filter");
    kitchen.hook("drain", repo.url(), "main");
    kitchen.update(0);
    assertThat(trap).doesNotExist();
  }

  @Test
  void hooksOfGitAreNotRun() throws IOException {
    Path hooks = Files.createDirectories(directory.resolve("template/hooks"));
    for (String hook :
        new String[] {"post-checkout", "reference-transaction", "fsmonitor-watchman"}) {
      Files.copy(directory.resolve("trap"), hooks.resolve(hook));
    }
    globalConfig(
        """
        [core]
          hooksPath = %1$s/template/hooks
          fsmonitor = %1$s/trap
        [init]
          templateDir = %1$s/template
        """
            .formatted(directory));
    kitchen.hook("drain", repo.url(), "main");
    kitchen.update(0);
    assertThat(trap).doesNotExist();
  }

  @Test
  void aSubmoduleCannotBringACommand() throws IOException {
    GitRepository inner = GitRepository.in(directory.resolve("inner")).file("x", "");
    inner.commit("Inner");
    repo.git("submodule", "--quiet", "add", "--", inner.url(), "inner");
    repo.git("config", "-f", ".gitmodules", "submodule.inner.update", "!touch " + trap);
    repo.commit("Add inner");
    kitchen.hook("drain", repo.url(), "main");
    kitchen.fix("hooks", "update");
    assertThat(trap).doesNotExist();
  }

  @Test
  void aSubmoduleCannotBringAnOption() throws IOException {
    repo.git(
        "update-index",
        "--add",
        "--cacheinfo",
        "160000," + repo.git("rev-parse", "HEAD").strip() + ",inner");
    repo.git("config", "-f", ".gitmodules", "submodule.inner.path", "inner");
    repo.git("config", "-f", ".gitmodules", "submodule.inner.url", "--upload-pack=touch " + trap);
    repo.git("add", ".gitmodules");
    repo.git("commit", "--quiet", "--message", "Add inner");
    kitchen.hook("drain", repo.url(), "main");
    JsonNode result = kitchen.update(1).getFirst();
    assertThat(result.path("error").asString()).contains("which may be interpreted as a command");
    assertThat(result.path("hint").asString())
        .isEqualTo("it is in a submodule: git clone --recurse-submodules shows it too");
    assertThat(trap).doesNotExist();
    assertThat(kitchen.lockFile()).doesNotExist();
  }

  @Test
  void theFilesAreTheSameWhateverIsConfiguredAndDeclared() throws IOException {
    kitchen.hook("drain", repo.url(), "main");
    kitchen.update(0);
    byte[] plain = Files.readAllBytes(kitchen.checkout().resolve("text.txt"));
    String tree = tree();
    Directories.remove(kitchen.directory().resolve(".fix"));
    globalConfig("[core]\n autocrlf = true\n eol = crlf\n symlinks = false\n fileMode = false\n");
    kitchen.update(0, "--locked");
    assertThat(tree()).isEqualTo(tree);

    repo.file(
            ".gitattributes",
            "*.txt text eol=crlf ident working-tree-encoding=UTF-16 export-ignore\n")
        .git("add", ".gitattributes");
    repo.git("commit", "-q", "-m", "Declare");
    kitchen.update(0);
    Path now =
        kitchen
            .directory()
            .resolve(".fix/plugins/lb-hooks-" + repo.head().substring(0, 12) + "/text.txt");
    assertThat(now).hasBinaryContent(plain);
  }

  @Test
  void theRepositoryThatACallerIsInIsLeftAlone() throws IOException {
    GitRepository callers = GitRepository.in(directory.resolve("callers")).file("mine", "x");
    String head = callers.commit("Mine");
    kitchen
        .with("GIT_DIR", callers.directory().resolve(".git").toString())
        .with("GIT_WORK_TREE", callers.directory().toString())
        .with("GIT_INDEX_FILE", callers.directory().resolve(".git/index").toString())
        .hook("drain", repo.url(), "main");
    kitchen.update(0);
    assertThat(kitchen.checkout().resolve("drain")).exists();
    assertThat(callers.head()).isEqualTo(head);
    assertThat(callers.git("status", "--porcelain")).isEmpty();
  }

  @Test
  void theKitchensOwnRepositoryDecidesNothing() throws IOException {
    GitRepository ours = GitRepository.in(kitchen.directory());
    ours.git("config", "url." + directory.resolve("nowhere") + ".insteadOf", repo.url());
    kitchen.hook("drain", repo.url(), "main");
    assertThat(kitchen.update(0).getFirst().path("status").asString()).isEqualTo("pinned");
  }

  @Test
  void theCallersConfigurationMayNameAnotherPlace() throws IOException {
    globalConfig(
        "[url \"%s\"]\n insteadOf = https://git.example.com/x\n".formatted(repo.directory()));
    kitchen.hook("drain", "https://git.example.com/x", "main");
    assertThat(kitchen.update(0).getFirst().path("status").asString()).isEqualTo("pinned");
    assertThat(kitchen.run().exit()).isZero();
  }

  @Test
  void aKitchenMayLieAnywhere() throws IOException {
    kitchen = PluginKitchen.in(directory.resolve("a kitchen, 100% 'ours'"));
    kitchen.hook("drain", "../lb-hooks", "main");
    kitchen.update(0);
    assertThat(kitchen.run().exit()).isZero();
    Directories.remove(kitchen.directory().resolve(".fix"));
    assertThat(kitchen.run().exit()).isZero();
  }

  @Test
  void namesOfFilesMayBeAnything() throws IOException {
    repo.file("a b/ü+%41\n.txt", "x").file("-rf", "x").link("l\t", "a b/ü+%41\n.txt").commit("Odd");
    kitchen.hook("drain", repo.url(), "main");
    kitchen.update(0);
    assertThat(kitchen.run().exit()).isZero();
    Path odd = kitchen.checkout().resolve("a b/ü+%41\n.txt");
    Files.delete(odd);
    FixResult result = kitchen.run();
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("a b/ü+%41").contains(" was deleted");
  }

  @Test
  void whatAnUmaskTakesAwayOrLeavesMakesNoDifference() throws IOException {
    kitchen.hook("drain", repo.url(), "main");
    kitchen.update(0);
    Path checkout = kitchen.checkout();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(checkout)))
        .isEqualTo("rwxr-xr-x");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(checkout.resolve("drain"))))
        .isEqualTo("r-xr-xr-x");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(checkout.getParent())))
        .isEqualTo("rwx------");
  }
}
