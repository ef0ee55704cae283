package dev.kitchenhooks.plugin;

import dev.kitchenhooks.process.StopRequest;
import java.time.Duration;
import java.util.Map;

/**
 * For whom plugins are fetched.
 *
 * @param environment the caller's variables: agents, proxies, credential helpers
 * @param limit how long one plugin may take
 * @param stop ends what is in flight
 */
public record Caller(Map<String, String> environment, Duration limit, StopRequest stop) {
  /** Enough for a large repository over a slow line. */
  public static final Duration DEFAULT_LIMIT = Duration.ofMinutes(5);
}
