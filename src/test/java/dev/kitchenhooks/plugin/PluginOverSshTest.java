package dev.kitchenhooks.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.store.Directories;
import dev.kitchenhooks.testkit.GitRepository;
import dev.kitchenhooks.testkit.OpenSshServer;
import dev.kitchenhooks.testkit.RealAgent;
import dev.kitchenhooks.testkit.SshKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A private repository behind a real sshd; the key is only in an agent. */
class PluginOverSshTest {
  @TempDir Path directory;
  private GitRepository repo;
  private OpenSshServer server;
  private RealAgent agent;
  private PluginKitchen kitchen;
  private Path knownHosts;

  @BeforeEach
  void makeRepository() throws IOException {
    Path key = SshKeys.generate(directory.resolve("key"), "ed25519");
    server = OpenSshServer.in(directory.resolve("sshd")).authorize(SshKeys.publicKey(key)).start();
    agent = RealAgent.start(directory.resolve("agent.sock")).add(key, "");
    Files.delete(key);
    knownHosts = directory.resolve("known_hosts");
    Files.writeString(knownHosts, server.knownHostsLine());
    repo = GitRepository.in(directory.resolve("lb-hooks")).script("drain", "echo one \"$@\"");
    repo.commit("Drain");
    kitchen = PluginKitchen.in(directory.resolve("kitchen"));
    kitchen
        .with("SSH_AUTH_SOCK", agent.socket().toString())
        .with(
            "GIT_SSH_COMMAND",
            "ssh -F none -o StrictHostKeyChecking=yes -o UserKnownHostsFile=" + knownHosts)
        .hook("drain", url(), "main");
  }

  @AfterEach
  void stopServer() {
    agent.close();
    server.close();
  }

  private String url() {
    return "ssh://%s@127.0.0.1:%d%s/.git"
        .formatted(server.user(), server.port(), directory.resolve("lb-hooks"));
  }

  @Test
  void isFetchedThroughTheCallersAgent() throws IOException {
    assertThat(kitchen.update(0).getFirst().path("status").asString()).isEqualTo("pinned");
    assertThat(kitchen.run().out()).contains("one a.example.com");
    Directories.remove(kitchen.directory().resolve(".fix"));
    assertThat(kitchen.run().out()).contains("one a.example.com");
    repo.script("drain", "echo two").commit("Two");
    assertThat(kitchen.update(0).getFirst().path("status").asString()).isEqualTo("moved");
  }

  @Test
  void submodulesComeThroughTheAgentToo() {
    GitRepository inner = GitRepository.in(directory.resolve("inner")).file("x", "");
    inner.commit("Inner");
    repo.git("submodule", "--quiet", "add", "--", inner.url(), "inner");
    repo.git("config", "-f", ".gitmodules", "submodule.inner.url", "../../inner/.git");
    repo.commit("Add inner");
    assertThat(kitchen.update(0).getFirst().path("status").asString()).isEqualTo("pinned");
  }

  @Test
  void aHostWhoseKeyIsNotKnownIsRefused() throws IOException {
    Files.writeString(knownHosts, "");
    JsonNode result = kitchen.update(1).getFirst();
    assertThat(result.path("error").asString()).contains("Host key verification failed");
    assertThat(result.path("hint").asString()).startsWith("connect once with ssh");
  }

  @Test
  void aHostWhoseKeyHasChangedIsRefused() throws IOException {
    server.hostKeys("ed25519").start();
    assertThat(kitchen.update(1).getFirst().path("error").asString())
        .contains("Host key verification failed");
  }

  @Test
  void withoutAKeyNobodyIsAsked() {
    kitchen.with("SSH_AUTH_SOCK", directory.resolve("none").toString());
    JsonNode result = kitchen.update(1).getFirst();
    assertThat(result.path("error").asString()).contains("Permission denied (publickey");
    assertThat(result.path("hint").asString()).startsWith("ssh-add -l shows the keys");
  }

  @Test
  void aMasterConnectionThatStaysBehindDoesNotHoldTheUpdate() throws IOException {
    Path socket = directory.resolve("master");
    kitchen.with(
        "GIT_SSH_COMMAND",
        "ssh -F none -o UserKnownHostsFile=%s -o ControlMaster=auto -o ControlPersist=60 -o ControlPath=%s"
            .formatted(knownHosts, socket));
    try {
      assertThat(kitchen.update(0, "--timeout", "20s").getFirst().path("status").asString())
          .isEqualTo("pinned");
    } finally {
      if (Files.exists(socket)) {
        SshKeys.run(
            java.util.List.of(
                "ssh", "-F", "none", "-O", "exit", "-o", "ControlPath=" + socket, "x"));
      }
    }
  }
}
