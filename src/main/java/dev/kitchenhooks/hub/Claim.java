package dev.kitchenhooks.hub;

/**
 * What an application says of one of its services in one environment.
 *
 * @param application its name
 * @param service the service's name
 * @param host where it is to be reached
 */
record Claim(String application, String service, String host) {

  /** The name of its entry in {@code apps.json}: not unique, since both names may have dashes. */
  String key() {
    return application + "-" + service;
  }
}
