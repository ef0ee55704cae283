package dev.kitchenhooks.notify;

import dev.kitchenhooks.notify.Channel.Webhook;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts notices to chats. */
final class Webhooks {
  private static final int SHOWN = 200;

  private Webhooks() {}

  static void send(Notice notice, Webhook target, String url, Duration timeout) throws NotSent {
    HttpRequest request =
        HttpRequest.newBuilder(address(url))
            .timeout(timeout)
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    WebhookBody.of(notice, target.shape()).toString(), StandardCharsets.UTF_8))
            .build();
    // A redirect would hand the notice to whoever it names.
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    try {
      // The request's own limit ends with the answer's head.
      HttpResponse<String> response = answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      if (response.statusCode() / 100 != 2) {
        throw new NotSent("it answered %d%s".formatted(response.statusCode(), said(response)));
      }
    } catch (TimeoutException e) {
      throw new NotSent("it did not answer in time");
    } catch (ExecutionException e) {
      throw new NotSent(reason(Objects.requireNonNullElse(e.getCause(), e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotSent("interrupted");
    } finally {
      client.shutdownNow();
    }
  }

  private static URI address(String url) throws NotSent {
    try {
      URI address = new URI(url.strip());
      boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
      if (web && address.getHost() != null) {
        return address;
      }
    } catch (URISyntaxException secret) {
      // Its message shows the address.
      throw new NotSent("its address is none");
    }
    throw new NotSent("its address must begin with https://");
  }

  private static String said(HttpResponse<String> response) {
    String body = response.body().strip().lines().findFirst().orElse("");
    return body.isEmpty() ? "" : ": " + body.substring(0, Math.min(SHOWN, body.length()));
  }

  private static String reason(Throwable cause) {
    return switch (cause) {
      case HttpTimeoutException _ -> "it did not answer in time";
      case ConnectException _ -> "it cannot be reached";
      case IOException io -> String.valueOf(io.getMessage());
      default -> cause.toString();
    };
  }
}
