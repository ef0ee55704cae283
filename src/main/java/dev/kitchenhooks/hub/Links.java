package dev.kitchenhooks.hub;

import dev.kitchenhooks.compose.ComposeFile;
import java.util.List;

/** Reads from a compose file where an application is to be reached. */
final class Links {
  private static final String VARIABLE = "VIRTUAL_HOST";

  private Links() {}

  /** One for each service that has a first host in its {@code VIRTUAL_HOST}. */
  static List<Claim> of(String application, ComposeFile compose) {
    return compose.services().stream()
        .map(service ->
            new Claim(
                application,
                service.name(),
                firstHost(service.environment().getOrDefault(VARIABLE, ""))))
        .filter(claim -> !claim.host().isEmpty())
        .toList();
  }

  /** Several hosts are separated by commas; the first is the one that people are sent to. */
  static String firstHost(String hosts) {
    int comma = hosts.indexOf(',');
    return (comma < 0 ? hosts : hosts.substring(0, comma)).strip();
  }
}
