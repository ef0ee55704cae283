package dev.kitchenhooks.monitoring;

import java.util.Locale;
import java.util.Map;

/**
 * How an application and an environment are named in a dashboard, and chosen in a query. Existing
 * dashboards are recognized by it: it never changes.
 */
final class Names {
  /** The row of all environments together. */
  static final String ALL = "all";

  private Names() {}

  /** The first letter large, the others small: {@code myApp} is {@code Myapp}. */
  static String title(String word) {
    return word.isEmpty()
        ? word
        : word.substring(0, 1).toUpperCase(Locale.ROOT)
            + word.substring(1).toLowerCase(Locale.ROOT);
  }

  /** What stands for the placeholders of a template. */
  static Map<String, String> of(String app, String environment) {
    boolean all = environment.equals(ALL);
    // Containers are called APP-ENV-SERVICE-N; a label tells applications with a dash apart.
    String selector = "name=~\"^%1$s-.*\", container_label_capp_app=\"%1$s\"".formatted(app);
    return Map.of(
        "APP",
        app,
        "TITLE",
        title(app),
        "ENVIRONMENTS",
        title(environment) + (all ? " environments" : " environment"),
        "SELECTOR",
        all
            ? selector
            : selector + ", container_label_capp_environment=\"%s\"".formatted(environment));
  }
}
