package dev.kitchenhooks.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.store.Directories;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.GitHttpServer;
import dev.kitchenhooks.testkit.GitRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SubmodulesTest {
  @TempDir Path directory;
  private GitRepository inner;
  private GitRepository middle;
  private GitRepository outer;
  private PluginKitchen kitchen;

  @BeforeEach
  void makeRepositories() {
    inner = GitRepository.in(directory.resolve("repos/inner")).file("say", "echo inner one\n");
    inner.commit("Inner");
    middle = GitRepository.in(directory.resolve("repos/middle")).file("m", "");
    middle.commit("Middle");
    outer =
        GitRepository.in(directory.resolve("repos/outer"))
            .script("drain", ". \"${0%/*}/middle/inner/say\"");
    outer.commit("Outer");
    kitchen = PluginKitchen.in(directory.resolve("kitchen"));
  }

  /** Nested, their addresses relative to their parents'. */
  private void join(String toMiddle, String toInner) {
    middle.git("submodule", "--quiet", "add", "--", toInner, "inner");
    middle.commit("Add inner");
    outer.git("submodule", "--quiet", "add", "--", toMiddle, "middle");
    outer.commit("Add middle");
  }

  @Test
  void comeWithThePluginAtAnyDepthAndAreFetchedAgainFromTheLockAlone() throws IOException {
    middle.git("config", "remote.origin.url", middle.url());
    outer.git("config", "remote.origin.url", outer.url());
    join("../middle", "../inner");
    kitchen.hook("drain", outer.url(), "main");
    kitchen.update(0);
    assertThat(kitchen.run().out()).contains("inner one");
    inner.file("say", "echo inner two\n").commit("Two");
    Directories.remove(kitchen.directory().resolve(".fix"));
    assertThat(kitchen.run().out()).contains("inner one");
    try (var all = Files.walk(kitchen.checkout())) {
      assertThat(all.map(p -> p.getFileName().toString())).doesNotContain(".git").contains("say");
    }
  }

  @Test
  void aSubmoduleThatMovesMovesTheFiles() {
    join(middle.url(), inner.url());
    kitchen.hook("drain", outer.url(), "main");
    kitchen.update(0);
    inner.file("say", "echo inner two\n").commit("Two");
    middle.git("-C", "inner", "pull", "-q", "origin", "main");
    middle.commit("Take two");
    outer.git("-C", "middle", "pull", "-q", "origin", "main");
    outer.commit("Take two");
    JsonNode result = kitchen.update(0).getFirst();
    assertThat(result.path("files").valueStream().map(f -> f.path("path").asString()))
        .containsExactly("middle/inner/say");
    assertThat(kitchen.run().out()).contains("inner two");
  }

  @Test
  void whatIsTamperedWithInASubmoduleIsFound() throws IOException {
    join(middle.url(), inner.url());
    kitchen.hook("drain", outer.url(), "main");
    kitchen.update(0);
    Path say = kitchen.checkout().resolve("middle/inner/say");
    Files.delete(say);
    Files.writeString(say, "echo evil\n");
    FixResult run = kitchen.run();
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("middle/inner/say was changed");
  }

  @Test
  void aRepositoryElsewhereMayNotReachForFilesOfThisMachine() throws IOException {
    join(middle.url(), inner.url());
    try (GitHttpServer server = GitHttpServer.smart(directory.resolve("repos"))) {
      kitchen.hook("drain", server.url("outer/.git"), "main");
      JsonNode result = kitchen.update(1).getFirst();
      assertThat(result.path("error").asString()).contains("transport 'file' not allowed");
      assertThat(result.path("hint").asString())
          .isEqualTo("submodules of a repository elsewhere may not lie on this machine");
      assertThat(kitchen.lockFile()).doesNotExist();
    }
  }
}
