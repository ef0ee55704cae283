package dev.kitchenhooks.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.store.Directories;
import dev.kitchenhooks.testkit.GitHttpServer;
import dev.kitchenhooks.testkit.GitRepository;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class PluginOverHttpTest {
  @TempDir Path directory;
  private GitRepository repo;
  private PluginKitchen kitchen;
  private String first;

  @BeforeEach
  void makeRepository() {
    repo = GitRepository.in(directory.resolve("repos/lb-hooks")).script("drain", "echo one \"$@\"");
    first = repo.commit("Drain");
    repo.git("tag", "-a", "-m", "one", "v1");
    repo.script("drain", "echo two \"$@\"").commit("Second");
    kitchen = PluginKitchen.in(directory.resolve("kitchen"));
  }

  private void assertWorks(GitHttpServer server) throws IOException {
    String url = server.url("lb-hooks/.git");
    for (String ref : new String[] {"main", "v1", first}) {
      kitchen.hook("drain", url, ref);
      assertThat(kitchen.update(0).getFirst().path("status").asString()).isEqualTo("pinned");
      String said = ref.equals("main") ? "two a.example.com" : "one a.example.com";
      assertThat(kitchen.run().out()).contains(said);
      Directories.remove(kitchen.directory().resolve(".fix"));
      assertThat(kitchen.run().out()).as("fetched again: " + ref).contains(said);
    }
  }

  @Test
  void aSmartServerGivesTagsBranchesAndCommits() throws IOException {
    try (GitHttpServer server = GitHttpServer.smart(directory.resolve("repos"))) {
      assertWorks(server);
      assertThat(server.requests())
          .anyMatch(r -> r.startsWith("POST ") && r.contains("upload-pack"));
    }
  }

  @Test
  void soDoesAServerOfPlainFiles() throws IOException {
    repo.git("update-server-info");
    try (GitHttpServer server = GitHttpServer.dumb(directory.resolve("repos"))) {
      assertWorks(server);
      assertThat(server.requests()).noneMatch(r -> r.startsWith("POST "));
    }
  }

  @Test
  void whatIsUpToDateIsOnlyAskedFor() throws IOException {
    try (GitHttpServer server = GitHttpServer.smart(directory.resolve("repos"))) {
      kitchen.hook("drain", server.url("lb-hooks/.git"), "main");
      kitchen.update(0);
      int before = server.requests().size();
      assertThat(kitchen.update(0).getFirst().path("status").asString()).isEqualTo("up-to-date");
      int asked = server.requests().size();
      assertThat(asked - before).isBetween(1, 2);
      kitchen.update(0, "--locked");
      assertThat(server.requests()).hasSize(asked);
    }
  }

  @Test
  void aRepositoryThatIsNotThereIsSaidWithGitsOwnWords() throws IOException {
    try (GitHttpServer server = GitHttpServer.smart(directory.resolve("repos"))) {
      kitchen.hook("drain", server.url("nothing.git"), "main");
      JsonNode result = kitchen.update(1).getFirst();
      assertThat(result.path("error").asString())
          .startsWith("it cannot be fetched: fatal: repository '")
          .endsWith("not found");
    }
  }

  @Test
  void nobodyIsAskedForAPassword() throws IOException {
    try (GitHttpServer server = GitHttpServer.closed()) {
      kitchen.hook("drain", server.url("lb-hooks/.git"), "main");
      JsonNode result = kitchen.update(1).getFirst();
      assertThat(result.path("error").asString()).contains("could not read Username");
      assertThat(result.path("hint").asString()).startsWith("nobody is asked here");
    }
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() throws IOException {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      kitchen.hook("drain", "http://127.0.0.1:" + silent.getLocalPort() + "/x.git", "main");
      JsonNode result = kitchen.update(1, "--timeout", "500ms").getFirst();
      assertThat(result.path("error").asString())
          .isEqualTo("it cannot be fetched: it took longer than 500ms");
      assertThat(result.path("hint").asString()).contains("--timeout");
    }
  }

  @Test
  void aServerThatIsNotThereIsSaid() throws IOException {
    int port;
    try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    kitchen.hook("drain", "http://127.0.0.1:" + port + "/x.git", "main");
    assertThat(kitchen.update(1).getFirst().path("error").asString()).contains("Failed to connect");
  }
}
