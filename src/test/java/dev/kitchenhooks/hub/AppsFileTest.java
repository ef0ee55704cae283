package dev.kitchenhooks.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kitchenhooks.compose.ComposeFile;
import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AppsFileTest {
  @TempDir Path dir;
  private AppsFile hub;

  @BeforeEach
  void place() {
    hub = new AppsFile(dir);
  }

  @Test
  void itIsOneSortedLineOfTheDocumentedForm() throws IOException {
    deploy("shop", "prod", "web", "shop.example.com", "admin", "admin.example.com");
    deploy("shop", "dev", "web", "shop.dev.example.com");
    deploy("blog", "prod", "web", "blog.example.com");

    assertThat(Files.readString(dir.resolve("data/apps.json")))
        .isEqualTo(
            "{\"blog-web\": {\"prod\": \"blog.example.com\"},"
                + " \"shop-admin\": {\"prod\": \"admin.example.com\"},"
                + " \"shop-web\": {\"dev\": \"shop.dev.example.com\","
                + " \"prod\": \"shop.example.com\"}}\n");
  }

  @Test
  void itIsThereEvenWithoutALink() {
    deploy("worker", "prod");

    assertThat(dir.resolve("data/apps.json")).hasContent("{}\n");
  }

  @Test
  void anUndeployTakesItsEnvironmentOutAndThenTheEntry() {
    deploy("shop", "prod", "web", "shop.example.com");
    deploy("shop", "dev", "web", "dev.example.com");

    hub.undeployed("shop", "prod", List.of("web"));
    assertShows("shop-web", "dev", "dev.example.com");

    hub.undeployed("shop", "dev", List.of());
    assertThat(apps().isEmpty()).isTrue();
  }

  @Test
  void aRenamedOrRemovedServiceLeavesNoEntry() {
    deploy("shop", "prod", "web", "shop.example.com", "admin", "admin.example.com");
    deploy("shop", "dev", "web", "dev.example.com");

    deploy("shop", "prod", "front", "shop.example.com");

    assertThat(apps())
        .isEqualTo(
            json(
                """
                {"shop-front": {"prod": "shop.example.com"}, "shop-web": {"dev": "dev.example.com"}}
                """));
  }

  @Test
  void anUndeployAfterARenameLeavesNoEntryEither() {
    deploy("shop", "prod", "web", "shop.example.com");

    hub.undeployed("shop", "prod", List.of("front"));

    assertThat(apps().isEmpty()).isTrue();
  }

  @Test
  void applicationsWhoseNamesRunIntoEachOtherDoNotTouchEachOther() {
    deploy("a", "prod", "b-c", "one.example.com", "x", "x.example.com");
    deploy("a-b", "prod", "c", "two.example.com", "y", "y.example.com");
    assertShows("a-b-c", "prod", "two.example.com");

    deploy("a-b", "prod", "y", "y.example.com");
    assertShows("a-b-c", "prod", "one.example.com");
    assertShows("a-b-y", "prod", "y.example.com");

    hub.undeployed("a", "prod", List.of("b-c", "x", "b-y"));
    assertThat(apps()).isEqualTo(json("{\"a-b-y\": {\"prod\": \"y.example.com\"}}"));
  }

  @Test
  void whoTakesAnotherOnesPlaceIsTold() {
    deploy("a", "prod", "b-c", "one.example.com");

    assertThat(deploy("a-b", "prod", "c", "two.example.com"))
        .extracting(Claim::service)
        .containsExactly("c");
    assertThat(deploy("a-b", "prod", "c", "two.example.com")).isEmpty();
  }

  @Test
  void whatOthersHaveWrittenStays() throws IOException {
    write(
        """
        {"title": "Our hub", "shop-web": null, "wiki": {"prod": "wiki.example.com", "n": 1.50},
         "shop-admin": "odd", "list": [1, {"b": 1, "a": 2}]}
        """);

    deploy("shop", "prod", "web", "shop.example.com", "admin", "admin.example.com");
    assertThat(apps())
        .isEqualTo(
            json(
                """
                {"title": "Our hub", "shop-web": {"prod": "shop.example.com"},
                 "wiki": {"prod": "wiki.example.com", "n": 1.50},
                 "shop-admin": {"prod": "admin.example.com"}, "list": [1, {"b": 1, "a": 2}]}
                """));

    hub.undeployed("shop", "prod", List.of());
    assertThat(apps())
        .isEqualTo(
            json(
                """
                {"title": "Our hub", "wiki": {"prod": "wiki.example.com", "n": 1.50},
                 "list": [1, {"b": 1, "a": 2}]}
                """));
  }

  @Test
  void entriesOfAnOlderToolAreTakenOver() throws IOException {
    write("{\"shop-web\": {\"prod\": \"old.example.com\", \"dev\": \"dev.example.com\"}}");

    hub.undeployed("shop", "dev", List.of("web"));
    deploy("shop", "prod", "web", "new.example.com");

    assertThat(apps()).isEqualTo(json("{\"shop-web\": {\"prod\": \"new.example.com\"}}"));
  }

  @Test
  void anEmptyFileIsAnEmptyHub() throws IOException {
    write("");

    deploy("shop", "prod", "web", "shop.example.com");

    assertShows("shop-web", "prod", "shop.example.com");
  }

  @Test
  void aDamagedFileIsLeftAlone() throws IOException {
    for (String text : List.of("{\"shop-web\": {\"prod\":", "[]", "\"x\"", "{\"a\":1,\"a\":2}")) {
      write(text);
      assertThatExceptionOfType(FixException.class)
          .isThrownBy(() -> deploy("shop", "prod", "web", "shop.example.com"))
          .satisfies(e -> assertThat(e.hint()).contains("move it away"));
      assertThat(dir.resolve("data/apps.json")).hasContent(text);
    }
    write("{}");
    Files.writeString(dir.resolve("data/apps.owners.json"), "{\"version\": 2}");
    assertThatExceptionOfType(FixException.class)
        .isThrownBy(() -> deploy("shop", "prod", "web", "shop.example.com"))
        .withMessageContaining("not of a form that this fix knows");
    assertThat(dir.resolve("data/apps.json")).hasContent("{}");
  }

  @Test
  void linksAreTheFirstHostsOfTheServices() {
    var links =
        links(
            """
            services:
              map: {environment: {VIRTUAL_HOST: " a.example.com , b.example.com"}}
              list: {environment: [VIRTUAL_PORT=80, "VIRTUAL_HOST=c.example.com"]}
              bare: {environment: [VIRTUAL_HOST]}
              number: {environment: {VIRTUAL_HOST: 8080}}
              empty: {environment: {VIRTUAL_HOST: ""}}
              first: {environment: {VIRTUAL_HOST: ",d.example.com"}}
              null_host: {environment: {VIRTUAL_HOST: }}
              null_environment: {environment: }
              none: {image: x}
              nothing:
            """);

    assertThat(links)
        .isEqualTo(Map.of("map", "a.example.com", "list", "c.example.com", "number", "8080"));
  }

  @Test
  void aComposeFileWithoutServicesHasNone() {
    assertThat(links("")).isEmpty();
    assertThat(links("services:\n")).isEmpty();
  }

  private static Map<String, String> links(String text) {
    var problems = new Problems();
    var compose = ComposeFile.parse("compose.yml", text, problems);
    assertThat(problems.sorted()).isEmpty();
    var links = new TreeMap<String, String>();
    Links.of("shop", Objects.requireNonNull(compose))
        .forEach(claim -> links.put(claim.service(), claim.host()));
    return links;
  }

  private List<Claim> deploy(String app, String environment, String... servicesAndHosts) {
    var links = new ArrayList<Claim>();
    for (int i = 0; i < servicesAndHosts.length; i += 2) {
      links.add(new Claim(app, servicesAndHosts[i], servicesAndHosts[i + 1]));
    }
    return hub.deployed(app, environment, links);
  }

  private void write(String text) throws IOException {
    Files.createDirectories(dir.resolve("data"));
    Files.writeString(dir.resolve("data/apps.json"), text);
  }

  private JsonNode apps() {
    return hub.read().apps();
  }

  private void assertShows(String key, String environment, String host) {
    assertThat(apps().path(key).path(environment).asString()).isEqualTo(host);
  }

  private static JsonNode json(String text) {
    return Objects.requireNonNull(JsonDocument.parse("x", text, new Problems())).root();
  }
}
