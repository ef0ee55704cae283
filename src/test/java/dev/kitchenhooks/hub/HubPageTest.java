package dev.kitchenhooks.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.hub.Deploys.Deploy;
import dev.kitchenhooks.hub.Deploys.NodeDeploy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubPageTest {
  private static final Instant NOW = Instant.parse("2026-11-29T06:00:00Z");

  @TempDir Path dir;

  @Test
  void environmentsComeInTheOrderOfPeopleAndApplicationsByName() {
    var hub = new AppsFile(dir);
    for (String environment : List.of("dev", "prod", "alpha", "staging")) {
      hub.deployed("shop", environment, List.of(new Claim("shop", "web", "shop.example.com")));
      hub.deployed("blog", environment, List.of(new Claim("blog", "web", "blog.example.com")));
    }

    HubView view = HubView.of(hub.read(), Deploys.NONE, List.of());

    assertThat(view.environments())
        .extracting(HubView.Environment::name)
        .containsExactly("prod", "staging", "dev", "alpha");
    assertThat(view.environments().getFirst().apps())
        .extracting(HubView.App::name)
        .containsExactly("blog", "shop");
  }

  @Test
  void namesThatRunIntoEachOtherAreShownAsWhoseTheyAre() throws IOException {
    var hub = new AppsFile(dir);
    hub.deployed("a-b", "prod", List.of(new Claim("a-b", "c", "c.example.com")));
    Files.writeString(
        dir.resolve("data/apps.json"),
        "{\"a-b-c\": {\"prod\": \"c.example.com\", \"dev\": \"old.example.com\", \"x\": 3},"
            + " \"note\": \"odd\"}");

    HubView view = HubView.of(hub.read(), Deploys.NONE, List.of());

    assertThat(view.environments())
        .containsExactly(
            new HubView.Environment(
                "prod",
                List.of(
                    new HubView.App(
                        "a-b", List.of(new HubView.Link("c", "c.example.com")), Optional.empty()))),
            new HubView.Environment(
                "dev",
                List.of(
                    new HubView.App(
                        "a-b-c",
                        List.of(new HubView.Link("", "old.example.com")),
                        Optional.empty()))));
  }

  @Test
  void nothingThatIsShownIsMarkup() {
    String evil = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>&amp;\u202e";
    var deploy = new Deploy(NOW, false, evil);
    var view =
        new HubView(
            List.of(
                new HubView.Environment(
                    evil,
                    List.of(
                        new HubView.App(
                            evil,
                            List.of(
                                new HubView.Link(evil, evil),
                                new HubView.Link("x", "javascript:alert(3)"),
                                new HubView.Link("y", "x.example.com\" onclick=\"alert(4)")),
                            Optional.of(deploy))))),
            List.of(new NodeDeploy(evil, evil, deploy)),
            List.of(evil));

    String page = new HubPage("https").render(view, NOW);

    assertThat(page).doesNotContain("<img", "alert(1)</script>", "href=", "\u202e");
    assertThat(page.split("<script>", -1)).hasSize(2);
    assertThat(page)
        .contains("&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;")
        .contains("&amp;amp;\uFFFD");
  }

  @Test
  void onlyHostsAreLinks() {
    var links =
        List.of(
            "shop.example.com",
            "shop.example.com:8443/admin/",
            "*.example.com",
            "~^www\\..+$",
            "${HOST}",
            "-x.example.com",
            "a b");
    var view =
        new HubView(
            List.of(
                new HubView.Environment(
                    "prod",
                    List.of(
                        new HubView.App(
                            "shop",
                            links.stream().map(h -> new HubView.Link("web", h)).toList(),
                            Optional.empty())))),
            List.of(),
            List.of());

    assertThat(found(new HubPage("http").render(view, NOW), "href=\"([^\"]*)\""))
        .containsExactly("http://shop.example.com", "http://shop.example.com:8443/admin/");
  }

  @Test
  void theLastDeployAndItsResultAreShown() {
    var hub = new AppsFile(dir);
    hub.deployed("shop", "prod", List.of(new Claim("shop", "web", "shop.example.com")));
    var deploys =
        new Deploys() {
          @Override
          public Optional<Deploy> lastOf(String application, String environment) {
            return Optional.of(new Deploy(NOW, true, "deployed " + application + environment));
          }

          @Override
          public List<NodeDeploy> nodes() {
            return List.of(new NodeDeploy("web1", "prod", new Deploy(NOW, false, "failed")));
          }
        };

    String page = new HubPage("https").render(HubView.of(hub.read(), deploys, List.of()), NOW);

    assertThat(page)
        .contains(
            "<span class=\"result good\">deployed shopprod</span>",
            "<span class=\"result bad\">failed</span>",
            "<time datetime=\"2026-11-29T06:00:00Z\">2026-11-29 06:00 UTC</time>");
  }

  @Test
  void thePolicyAllowsJustWhatThePageHas() throws Exception {
    String page = new HubPage("https").render(new HubView(List.of(), List.of(), List.of()), NOW);

    for (String element : List.of("style", "script")) {
      String content = found(page, "(?s)<" + element + ">(.*)</" + element + ">").getFirst();
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      assertThat(HubPage.POLICY)
          .contains(element + "-src 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
    }
    assertThat(page).doesNotContain("<link", "src=", "@import", "url(", "style=\"");
  }

  private static List<String> found(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    return matcher.results().map(r -> r.group(1)).toList();
  }
}
