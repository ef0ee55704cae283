package dev.kitchenhooks.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves the repositories below a directory over HTTP on loopback: smart, by git's own {@code
 * http-backend}, or dumb, as plain files.
 */
public final class GitHttpServer implements AutoCloseable {
  private final Path root;
  private final Kind kind;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private enum Kind {
    SMART,
    DUMB,
    CLOSED
  }

  private GitHttpServer(Path root, Kind kind) throws IOException {
    this.root = root;
    this.kind = kind;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  /** Serves by {@code git http-backend}. */
  public static GitHttpServer smart(Path root) throws IOException {
    return new GitHttpServer(root, Kind.SMART).start();
  }

  /** Serves files; each repository needs {@code git update-server-info}. */
  public static GitHttpServer dumb(Path root) throws IOException {
    return new GitHttpServer(root, Kind.DUMB).start();
  }

  /** Wants a password that nobody has. */
  public static GitHttpServer closed() throws IOException {
    return new GitHttpServer(Path.of("/nowhere"), Kind.CLOSED).start();
  }

  private GitHttpServer start() {
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
    return this;
  }

  /** The address of a repository, e.g. {@code hooks/.git}. */
  public String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + path;
  }

  /** What was asked for, method and path. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    try (exchange) {
      switch (kind) {
        case SMART -> backend(exchange);
        case DUMB -> plain(exchange);
        case CLOSED -> {
          exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"hooks\"");
          exchange.sendResponseHeaders(401, -1);
        }
      }
    }
  }

  private void plain(HttpExchange exchange) throws IOException {
    Path file = root.resolve(exchange.getRequestURI().getPath().substring(1)).normalize();
    if (!file.startsWith(root) || !Files.isRegularFile(file)) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    byte[] content = Files.readAllBytes(file);
    exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
    exchange.getResponseBody().write(content);
  }

  private void backend(HttpExchange exchange) throws IOException {
    var builder = new ProcessBuilder("git", "http-backend");
    Map<String, String> environment = builder.environment();
    environment.put("GIT_PROJECT_ROOT", root.toString());
    environment.put("GIT_HTTP_EXPORT_ALL", "1");
    environment.put("REQUEST_METHOD", exchange.getRequestMethod());
    environment.put("PATH_INFO", exchange.getRequestURI().getPath());
    environment.put(
        "QUERY_STRING",
        exchange.getRequestURI().getRawQuery() == null
            ? ""
            : exchange.getRequestURI().getRawQuery());
    header(exchange, "Content-Type", environment, "CONTENT_TYPE");
    header(exchange, "Content-Encoding", environment, "HTTP_CONTENT_ENCODING");
    header(exchange, "Git-Protocol", environment, "GIT_PROTOCOL");
    byte[] body = exchange.getRequestBody().readAllBytes();
    environment.put("CONTENT_LENGTH", Integer.toString(body.length));
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(body);
    }
    try (InputStream out = process.getInputStream()) {
      int status = 200;
      for (String line = line(out); !line.isEmpty(); line = line(out)) {
        String[] words = line.split(": ", 2);
        if (words[0].equals("Status")) {
          status = Integer.parseInt(words[1].split(" ", 2)[0]);
        } else {
          exchange.getResponseHeaders().add(words[0], words[1]);
        }
      }
      byte[] content = out.readAllBytes();
      exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
      exchange.getResponseBody().write(content);
    }
  }

  private static void header(
      HttpExchange exchange, String header, Map<String, String> environment, String variable) {
    String value = exchange.getRequestHeaders().getFirst(header);
    if (value != null) {
      environment.put(variable, value);
    }
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
