package dev.kitchenhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixProcess;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import dev.kitchenhooks.testkit.NodeFarm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubCommandTest {
  @TempDir Path dir;
  private KitchenBuilder kitchen;

  @BeforeEach
  void deployed() throws IOException {
    kitchen = KitchenBuilder.in(dir.resolve("kitchen"));
    Path confs = Files.createDirectories(kitchen.directory().resolve("confs/hub"));
    Files.writeString(
        confs.resolve("hub.json"), "{\"directory\": \"%s\"}".formatted(dir.resolve("hub")));
    Files.writeString(
        kitchen.directory().resolve("c.yml"),
        "services: {web: {environment: {VIRTUAL_HOST: shop.example.com}}}\n");
    FixResult hook =
        FixCommand.in(kitchen)
            .with("FIX_HOOK_TYPE", "app_postdeployhook")
            .run("app-hook", "hub", "shop", "prod", "v1", "c.yml", ".");
    assertThat(hook.exit()).as(hook.err()).isZero();
  }

  @Test
  void thePageIsWrittenAsAWholeOrToStdout() {
    FixResult written = FixCommand.in(kitchen).run("hub", "page", "--file", "hub.html");
    FixResult printed = FixCommand.in(kitchen).run("hub", "page");

    assertThat(written.err()).isEqualTo("written: hub.html\n");
    assertThat(printed.out())
        .startsWith("<!doctype html>\n")
        .contains("<a href=\"https://shop.example.com\">shop.example.com</a>");
    assertThat(kitchen.directory().resolve("hub.html"))
        .content()
        .contains("<a href=\"https://shop.example.com\">shop.example.com</a>");
    FixResult nowhere = FixCommand.in(kitchen).run("hub", "page", "--file", "no/hub.html");
    assertThat(nowhere.err()).startsWith("fix: no/hub.html cannot be written: ");
    assertThat(nowhere.exit()).isEqualTo(2);
  }

  @Test
  void nodesShowTheirLastDeploy() throws IOException {
    try (NodeFarm farm = NodeFarm.start(List.of("web1.example.com"))) {
      kitchen
          .cfg("[kitchen]", "node_work_path = kitchen")
          .environment("prod")
          .node("web1.example.com", "prod");
      Path ssh = Files.createDirectories(kitchen.directory().resolve(".ssh"));
      Files.copy(farm.access().sshConfig(), ssh.resolve("config"));
      FixResult run = FixCommand.in(kitchen).run("node:web1.example.com");
      assertThat(run.exit()).as(run.err()).isZero();
    }

    assertThat(FixCommand.in(kitchen).run("hub", "page").out())
        .contains("<h3>web1.example.com <span class=\"quiet\">prod</span></h3>")
        .contains("<span class=\"result good\">deployed</span>");
  }

  @Test
  void aDamagedFileIsSaidOnThePage() throws IOException {
    Files.writeString(dir.resolve("hub/data/apps.json"), "{");

    FixResult page = FixCommand.in(kitchen).run("hub", "page");

    assertThat(page.out()).contains("<p class=\"notice\">", "is damaged, and nothing was written");
    assertThat(page.exit()).isZero();
  }

  @Test
  void itServesUntilItIsToldToStop() throws Exception {
    Path scratch = dir.resolve("scratch");
    try (FixProcess fix =
            FixProcess.talking(
                kitchen.directory(), scratch, "hub", "serve", "--listen", "127.0.0.1:0");
        HttpClient client = HttpClient.newHttpClient()) {
      String said = fix.firstLine();
      assertThat(said).matches("The hub's page is at http://127\\.0\\.0\\.1:[0-9]+/");
      URI url = URI.create(said.substring(said.indexOf("http")));
      HttpResponse<String> answer =
          client.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.body()).contains("shop.example.com");

      fix.signal("TERM");
      assertThat(fix.await().exit()).isZero();
    }
  }

  @Test
  void misuseIsSaid() {
    for (String address : List.of("x", "127.0.0.1", "127.0.0.1:99999", ":80", "a b:80", "")) {
      FixResult result = FixCommand.in(kitchen).run("hub", "serve", "--listen", address);
      assertThat(result.exit()).as(address).isEqualTo(2);
      assertThat(result.err()).as(address).contains("--listen " + address);
    }
    assertThat(HubServeCommand.address("8081").getPort()).isEqualTo(8081);
    assertThat(HubServeCommand.address("8081").getAddress().isLoopbackAddress()).isTrue();
    assertThat(HubServeCommand.address("[::1]:80").getAddress().isLoopbackAddress()).isTrue();
    assertThat(FixCommand.in(kitchen).run("hub").exit()).isEqualTo(2);
  }
}
