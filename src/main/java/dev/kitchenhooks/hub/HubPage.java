package dev.kitchenhooks.hub;

import dev.kitchenhooks.hub.Deploys.Deploy;
import dev.kitchenhooks.hub.Deploys.NodeDeploy;
import dev.kitchenhooks.hub.HubView.App;
import dev.kitchenhooks.hub.HubView.Environment;
import dev.kitchenhooks.hub.HubView.Link;
import dev.kitchenhooks.schema.JsonSchema;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The hub's page: one HTML file that needs nothing from anywhere. Its policy lets a browser run
 * this very script and no other, should anything ever get past the escaping.
 */
final class HubPage {
  private static final String CSS = JsonSchema.text(HubPage.class, "page.css");
  private static final String JS = JsonSchema.text(HubPage.class, "page.js");

  /** What the page may do, for browsers. */
  static final String POLICY =
      "default-src 'none'; style-src 'sha256-%s'; script-src 'sha256-%s'; base-uri 'none'; form-action 'none'"
          .formatted(hash(CSS), hash(JS));

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Whatever else stands in {@code apps.json}, such as a pattern, is shown and leads nowhere. */
  private static final Pattern HOST =
      Pattern.compile(
          "[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~/-]*)?");

  private final String scheme;

  /**
   * @param scheme of its links
   */
  HubPage(String scheme) {
    this.scheme = scheme;
  }

  String render(HubView view, Instant now) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="%s">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="referrer" content="no-referrer">
    <meta name="robots" content="noindex">
    <title>Applications</title>
    <style>%s</style>
    </head>
    <body>
    <header>
    <h1>Applications</h1>
    %s<div class="search" role="search" hidden>
    <label for="search">Search applications, hosts and nodes</label>
    <input id="search" type="search" autocomplete="off" spellcheck="false">
    <p class="quiet" role="status"></p>
    </div>
    </header>
    <main>
    %s</main>
    <footer class="quiet">As of %s.</footer>
    <script>%s</script>
    </body>
    </html>
    """
        .formatted(Html.text(POLICY), CSS, notices(view.notices()), main(view), time(now), JS);
  }

  private static String notices(List<String> notices) {
    return notices.stream()
        .map(text -> "<p class=\"notice\">%s</p>\n".formatted(Html.text(text)))
        .collect(Collectors.joining());
  }

  private String main(HubView view) {
    String empty = view.environments().isEmpty() ? "<p>No application has a link.</p>\n" : "";
    String environments =
        view.environments().stream().map(this::environment).collect(Collectors.joining());
    return empty + environments + nodes(view.nodes());
  }

  private String environment(Environment environment) {
    return section(
        environment.name(),
        environment.apps().size(),
        "cards",
        environment.apps().stream().map(this::app).collect(Collectors.joining()));
  }

  private static String section(String title, int count, String classes, String items) {
    return """
    <section>
    <h2>%s <small>(%d)</small></h2>
    <ul class="%s">
    %s</ul>
    </section>
    """
        .formatted(Html.text(title), count, classes, items);
  }

  private String app(App app) {
    return """
    <li class="card">
    <h3>%s</h3>
    <ul class="links">
    %s</ul>
    %s</li>
    """
        .formatted(
            Html.text(app.name()),
            app.links().stream().map(this::link).collect(Collectors.joining()),
            app.last().map(last -> "<p>" + deploy(last) + "</p>\n").orElse(""));
  }

  private String link(Link link) {
    String host = Html.text(link.host());
    String shown =
        HOST.matcher(link.host()).matches()
            ? "<a href=\"%s://%s\">%s</a>".formatted(scheme, host, host)
            : host;
    String service =
        link.service().isEmpty()
            ? ""
            : " <span class=\"quiet\">%s</span>".formatted(Html.text(link.service()));
    return "<li>%s%s</li>\n".formatted(shown, service);
  }

  private static String nodes(List<NodeDeploy> nodes) {
    if (nodes.isEmpty()) {
      return "";
    }
    String items =
        nodes.stream()
            .map(node ->
                """
                <li class="card">
                <h3>%s <span class="quiet">%s</span></h3>
                <p>%s</p>
                </li>
                """
                    .formatted(
                        Html.text(node.node()), Html.text(node.environment()), deploy(node.last())))
            .collect(Collectors.joining());
    return section("Nodes", nodes.size(), "cards nodes", items);
  }

  private static String deploy(Deploy deploy) {
    return "<span class=\"result %s\">%s</span> <span class=\"quiet\">%s</span>"
        .formatted(
            deploy.success() ? "good" : "bad", Html.text(deploy.result()), time(deploy.at()));
  }

  private static String time(Instant at) {
    return "<time datetime=\"%s\">%s UTC</time>"
        .formatted(DateTimeFormatter.ISO_INSTANT.format(at), TIME.format(at));
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
