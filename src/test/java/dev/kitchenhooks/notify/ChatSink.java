package dev.kitchenhooks.notify;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A chat's server on loopback that keeps what is posted. */
final class ChatSink implements AutoCloseable {
  private final HttpServer server;
  private final CountDownLatch end = new CountDownLatch(1);

  /** The bodies, as JSON. */
  final List<JsonNode> posted = new CopyOnWriteArrayList<>();

  private ChatSink(HttpServer server) {
    this.server = server;
  }

  static ChatSink start() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    var sink = new ChatSink(server);
    sink.answer("/services/", 200, "ok");
    sink.answer("/gone/", 404, "no_service for /gone/T0K3N-in-the-address\nmore");
    server.createContext(
        "/elsewhere/",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/services/other");
          exchange.sendResponseHeaders(307, -1);
          exchange.close();
        });
    server.createContext(
        "/silent/",
        exchange -> {
          try {
            sink.end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    server.start();
    return sink;
  }

  private void answer(String path, int status, String text) {
    server.createContext(
        path,
        exchange -> {
          posted.add(JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes()));
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
  }
}
