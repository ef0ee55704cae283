package dev.kitchenhooks.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kitchenhooks.problem.FixException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HubServerTest {
  private static final InetSocketAddress FREE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final AtomicInteger made = new AtomicInteger();
  private HubServer server;
  private HttpClient client;

  @BeforeEach
  void start() {
    server = HubServer.start(FREE, () -> "<p>ä " + made.incrementAndGet());
    client = HttpClient.newHttpClient();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private HttpResponse<String> ask(String method, String path)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.url()).resolve(path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void thePageIsMadeAnewEachTime() throws Exception {
    assertThat(ask("GET", "/").body()).isEqualTo("<p>ä 1");
    HttpResponse<String> second = ask("GET", "/?x#y");

    assertThat(second.body()).isEqualTo("<p>ä 2");
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(second.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(second.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(policy ->
            assertThat(policy).startsWith("default-src 'none'; ").endsWith("ancestors 'none'"));
    assertThat(second.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(second.headers().firstValue("Cache-Control")).hasValue("no-store");
  }

  @Test
  void headSaysHowLongItWouldBe() throws Exception {
    HttpResponse<String> head = ask("HEAD", "/");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length")).hasValue("7");
  }

  @Test
  void thereIsNothingElse() throws Exception {
    assertThat(ask("GET", "/apps.json").statusCode()).isEqualTo(404);
    assertThat(ask("GET", "/../../etc/passwd").statusCode()).isEqualTo(404);
    HttpResponse<String> post = ask("POST", "/");
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(post.headers().firstValue("Allow")).hasValue("GET, HEAD");
    assertThat(made).hasValue(0);
  }

  @Test
  void anotherNameThatLeadsToLoopbackIsRefused() throws Exception {
    assertThat(raw("Host: evil.example.com\r\n")).startsWith("HTTP/1.1 421 ");
    assertThat(raw("Host: localhost.example.com\r\n")).startsWith("HTTP/1.1 421 ");
    assertThat(raw("Host: LocalHost:8080\r\n")).startsWith("HTTP/1.1 200 ");
    assertThat(raw("Host: [::1]\r\n")).startsWith("HTTP/1.1 200 ");
    assertThat(made).hasValue(2);
  }

  private String raw(String headers) throws IOException {
    URI url = URI.create(server.url());
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET / HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void anAddressThatIsTakenIsSaid() {
    var taken = new InetSocketAddress(FREE.getAddress(), URI.create(server.url()).getPort());

    assertThatExceptionOfType(FixException.class)
        .isThrownBy(() -> HubServer.start(taken, () -> "").close())
        .withMessageContaining("cannot listen on")
        .satisfies(e -> assertThat(e.hint()).contains("--listen"));
  }
}
