package dev.kitchenhooks.hub;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kitchenhooks.problem.FixException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Serves the hub's page, made anew for each request, and nothing else. */
public final class HubServer implements AutoCloseable {
  /** Seconds that requests in flight are given when it is closed. */
  private static final int LAST_SECONDS = 1;

  /** The JDK's limits, read when its first server is made: seconds for a request or an answer. */
  private static final String SECONDS = "20";

  private static final Pattern LOOPBACK =
      Pattern.compile("(?i)(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?");

  private final HttpServer server;
  private final ExecutorService threads;
  private final Supplier<String> page;
  private final boolean onLoopback;

  private HubServer(
      HttpServer server, ExecutorService threads, Supplier<String> page, boolean onLoopback) {
    this.server = server;
    this.threads = threads;
    this.page = page;
    this.onLoopback = onLoopback;
  }

  /**
   * Begins to listen.
   *
   * @throws FixException if that is not possible
   */
  public static HubServer start(InetSocketAddress address, Supplier<String> page) {
    System.setProperty("sun.net.httpserver.maxReqTime", SECONDS);
    System.setProperty("sun.net.httpserver.maxRspTime", SECONDS);
    try {
      HttpServer server = HttpServer.create(address, 0);
      ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
      var hub = new HubServer(server, threads, page, address.getAddress().isLoopbackAddress());
      server.setExecutor(threads);
      server.createContext("/", hub::answer);
      server.start();
      return hub;
    } catch (IOException e) {
      throw FixException.invalid(
              "cannot listen on %s:%d: %s"
                  .formatted(address.getHostString(), address.getPort(), e.getMessage()),
              "try another address or port: --listen 127.0.0.1:8081")
          .causedBy(e);
    }
  }

  /** Where it is to be reached. */
  public String url() {
    InetSocketAddress address = server.getAddress();
    String host = address.getAddress().getHostAddress();
    return "http://%s:%d/"
        .formatted(host.contains(":") ? "[" + host + "]" : host, address.getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      if (!isForUs(exchange)) {
        plain(exchange, 421, "this is not the server of that name");
      } else if (!method.equals("GET") && !method.equals("HEAD")) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        plain(exchange, 405, "only GET and HEAD are answered");
      } else if (!exchange.getRequestURI().getPath().equals("/")) {
        plain(exchange, 404, "there is only /");
      } else {
        send(exchange, 200, "text/html; charset=utf-8", page.get());
      }
    }
  }

  /** A page of somebody else must not get at this one by a name that leads to loopback. */
  private boolean isForUs(HttpExchange exchange) {
    String host = exchange.getRequestHeaders().getFirst("Host");
    return !onLoopback || (host != null && LOOPBACK.matcher(host).matches());
  }

  private static void plain(HttpExchange exchange, int status, String text) throws IOException {
    send(exchange, status, "text/plain; charset=utf-8", text + "\n");
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type);
    headers.set("Content-Security-Policy", HubPage.POLICY + "; frame-ancestors 'none'");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cache-Control", "no-store");
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    if (exchange.getRequestMethod().toUpperCase(Locale.ROOT).equals("HEAD")) {
      headers.set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(LAST_SECONDS);
    threads.shutdownNow();
  }
}
