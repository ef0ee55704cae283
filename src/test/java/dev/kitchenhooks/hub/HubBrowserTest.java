package dev.kitchenhooks.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.kitchenhooks.hub.Deploys.Deploy;
import dev.kitchenhooks.hub.Deploys.NodeDeploy;
import dev.kitchenhooks.testkit.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in a real browser. A second page around it, in a frame as wide as a phone, asks what
 * only a browser knows and writes it down, for {@code --dump-dom} to show.
 */
class HubBrowserTest {
  private static final Instant AT = Instant.parse("2026-11-29T06:00:00Z");

  /** In an evil name a script tries to run, and to load something. */
  private static final String EVIL = "<script>document.title='evil'</script><img src=/evil>";

  private static final String AROUND =
      """
      <!doctype html><pre id="told"></pre>
      <iframe id="frame" src="/page" style="width:WIDTHpx;height:800px;border:0"></iframe>
      <script>
      const tell = line => { document.getElementById("told").textContent += line + "\\n"; };
      document.getElementById("frame").onload = event => {
        const page = event.target.contentDocument, view = event.target.contentWindow;
        const shown = () => [...page.querySelectorAll(".card")]
          .filter(card => card.offsetParent !== null)
          .map(card => card.querySelector("h3").textContent.trim()).join("|");
        tell("title=" + page.title);
        tell("too wide=" + (page.documentElement.scrollWidth > view.innerWidth));
        tell("background=" + view.getComputedStyle(page.body).backgroundColor);
        tell("columns=" + view.getComputedStyle(page.querySelector(".cards"))
          .gridTemplateColumns.split(" ").length);
        const input = page.querySelector("input");
        tell("label=" + page.querySelector("label").control.id);
        for (const words of ["", "SHOP dev", "web1", "nothing"]) {
          input.value = words;
          input.dispatchEvent(new view.Event("input"));
          tell(words + "=" + shown() + " " + page.querySelector("[role=status]").textContent);
        }
        const small = [...page.querySelectorAll("a, input")]
          .filter(e => e.offsetParent && e.getBoundingClientRect().height < 24);
        tell("small targets=" + small.length);
      };
      </script>
      """;

  @TempDir Path dir;
  private HttpServer server;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile int width = 390;

  @BeforeEach
  void serve() throws IOException {
    Programs.need("chromium");
    String page = new HubPage("https").render(view(), AT);
    Files.writeString(dir.resolve("page.html"), page);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          asked.add(path);
          byte[] body =
              (path.equals("/page") ? page : AROUND.replace("WIDTH", Integer.toString(width)))
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  private static HubView view() {
    var well = new Deploy(AT, true, "deployed");
    var link = new HubView.Link("web", "a-very-long-name-of-a-shop.staging.example.com");
    return new HubView(
        List.of(
            new HubView.Environment(
                "prod",
                List.of(
                    new HubView.App("shop", List.of(link, link), Optional.of(well)),
                    new HubView.App("blog", List.of(link), Optional.empty()),
                    new HubView.App(
                        EVIL, List.of(new HubView.Link(EVIL, EVIL)), Optional.empty()))),
            new HubView.Environment(
                "dev", List.of(new HubView.App("shop", List.of(link), Optional.of(well))))),
        List.of(new NodeDeploy("web1.example.com", "prod", new Deploy(AT, false, "failed"))),
        List.of());
  }

  @Test
  void onAPhoneItIsReadableAndSearchable() throws Exception {
    String told = told();

    assertThat(told)
        .contains(
            "title=Applications\n",
            "too wide=false\n",
            "background=rgb(244, 245, 247)\n",
            "columns=1\n",
            "label=search\n",
            "SHOP dev=shop 1 of 5 shown\n",
            "web1=web1.example.com prod 1 of 5 shown\n",
            "nothing= 0 of 5 shown\n",
            "small targets=0\n");
    assertThat(told).contains("=shop|blog|" + EVIL + "|shop|web1.example.com prod");
  }

  @Test
  void onADesktopThereAreColumnsAndInTheDarkItIsDark() throws Exception {
    width = 1200;

    assertThat(told("--blink-settings=preferredColorScheme=0"))
        .contains("too wide=false\n", "columns=3\n", "background=rgb(18, 20, 23)\n");
  }

  @Test
  void nothingElseIsLoaded() throws Exception {
    told();

    assertThat(asked).containsOnlyOnce("/page").doesNotContain("/evil");
    assertThat(asked).allMatch(path -> List.of("/around", "/page", "/favicon.ico").contains(path));
  }

  @Test
  void asAFileItWorksToo() throws Exception {
    String dom = chromium(dir.resolve("page.html").toUri() + "#q=blog");

    assertThat(dom).contains("1 of 5 shown").doesNotContain("<title>evil");
    assertThat(dom).contains("<div class=\"search\" role=\"search\">");
  }

  @Test
  void thePolicyOfTheServedPageAllowsItsOwnScript() throws Exception {
    String page = Files.readString(dir.resolve("page.html"));
    try (HubServer hub =
        HubServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), () -> page)) {
      assertThat(chromium(URI.create(hub.url()) + "#q=blog")).contains("1 of 5 shown");
    }
  }

  private String told(String... options) throws IOException, InterruptedException {
    String dom = chromium("http://127.0.0.1:" + server.getAddress().getPort() + "/around", options);
    String told = dom.substring(dom.indexOf("<pre id=\"told\">"), dom.indexOf("</pre>"));
    return told.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  private String chromium(String url, String... options) throws IOException, InterruptedException {
    var argv =
        new ArrayList<>(
            List.of(
                Programs.need("chromium").toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--no-first-run",
                "--user-data-dir=" + Files.createTempDirectory(dir, "profile")));
    argv.addAll(List.of(options));
    argv.addAll(List.of("--dump-dom", url));
    Path out = dir.resolve("dom");
    Process process =
        new ProcessBuilder(argv)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isZero();
    return Files.readString(out);
  }
}
