package dev.kitchenhooks.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Prometheus that scrapes metrics of the test's own, all of it on the loopback address. */
public final class Prometheus implements AutoCloseable {
  private static final int LIMIT_SECONDS = 60;
  private static final Pattern ADDRESS = Pattern.compile("Listening on.* address=\\S*:([0-9]+)");

  private final HttpServer metrics;
  private final Semaphore scrapes = new Semaphore(0);
  private final Process process;
  private final String api;

  private Prometheus(Path directory, IntFunction<String> exposition)
      throws IOException, InterruptedException {
    metrics = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    int[] count = {0};
    metrics.createContext(
        "/metrics",
        exchange -> {
          byte[] text = exposition.apply(count[0]++).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(200, text.length);
          try (var out = exchange.getResponseBody()) {
            out.write(text);
          }
          scrapes.release();
        });
    metrics.start();
    Path config = directory.resolve("prometheus.yml");
    Files.writeString(
        config,
        "global: {scrape_interval: 500ms}%nscrape_configs: [{job_name: t, static_configs: [{targets: ['127.0.0.1:%d']}]}]%n"
            .formatted(metrics.getAddress().getPort()));
    process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:0")
            .redirectErrorStream(true)
            .start();
    api = "http://127.0.0.1:%d/api/v1/".formatted(port());
  }

  /**
   * Starts one; skips the test where there is none, saying why.
   *
   * @param exposition the metrics at each scrape, which are counted from 0
   */
  public static Prometheus start(Path directory, IntFunction<String> exposition)
      throws IOException, InterruptedException {
    boolean there;
    try {
      there = new ProcessBuilder("prometheus", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      there = false;
    }
    assumeTrue(there, "no Prometheus: Debian's package prometheus is not installed");
    return new Prometheus(directory, exposition);
  }

  private int port() throws IOException, InterruptedException {
    var port = new CompletableFuture<Integer>();
    Thread.ofVirtual()
        .start(() -> {
          var said = new StringBuilder();
          try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
              said.append(line).append('\n');
              Matcher address = ADDRESS.matcher(line);
              if (address.find()) {
                port.complete(Integer.valueOf(address.group(1)));
              }
            }
            port.completeExceptionally(new IOException("Prometheus does not start: " + said));
          } catch (IOException e) {
            port.completeExceptionally(e);
          }
        });
    try {
      return port.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      close();
      throw new IOException(e);
    }
  }

  /** Waits until it has taken the metrics once more. */
  public void awaitScrape() throws InterruptedException {
    if (!scrapes.tryAcquire(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("Prometheus scrapes nothing");
    }
  }

  /** What it answers to a query, an error included. */
  public JsonNode query(String expression) throws IOException, InterruptedException {
    String address = api + "query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return JsonMapper.shared()
          .readTree(
              client
                  .send(
                      HttpRequest.newBuilder(URI.create(address)).build(),
                      HttpResponse.BodyHandlers.ofString())
                  .body());
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    metrics.stop(0);
  }
}
