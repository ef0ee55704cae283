package dev.kitchenhooks.monitoring;

import dev.kitchenhooks.apphook.AppCall;
import dev.kitchenhooks.apphook.AppHookContext;
import dev.kitchenhooks.apphook.AppMoment;
import dev.kitchenhooks.apphook.Confs;
import dev.kitchenhooks.container.Volumes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Calls of the hook in a kitchen whose dashboards lie in a plain directory, and, as a process of
 * its own, many of them.
 */
final class MonitoringCalls {
  private final Path kitchen;
  private final Map<String, String> variables;
  final List<String> said = new ArrayList<>();

  MonitoringCalls(Path kitchen, Map<String, String> variables) {
    this.kitchen = kitchen;
    this.variables = variables;
  }

  /** Configured for {@code KITCHEN/grafana}, which is made. */
  static MonitoringCalls inPlainDirectory(Path kitchen) throws IOException {
    Path dashboards = Files.createDirectories(kitchen.resolve("grafana/dashboards"));
    var calls = new MonitoringCalls(kitchen, Map.of());
    calls.conf("monitoring.json", "{\"directory\": \"%s\"}".formatted(dashboards.getParent()));
    return calls;
  }

  void conf(String name, String text) throws IOException {
    Path file = kitchen.resolve("confs/monitoring").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  Path dashboards() {
    return kitchen.resolve("grafana/dashboards");
  }

  Path dashboard(String app) {
    return dashboards().resolve(app + "_services.json");
  }

  Path composeFile() {
    return kitchen.resolve("docker-compose.yml");
  }

  void run(AppMoment moment, String app, String environment) {
    var call =
        new AppCall(moment, app, environment, "v1.2.3", composeFile(), kitchen.resolve("target"));
    new MonitoringHook().run(call, context());
  }

  AppHookContext context() {
    return new AppHookContext(
        kitchen,
        Confs.of(kitchen),
        variables,
        new Volumes(Optional.empty(), variables, kitchen),
        said::add);
  }

  /** {@code KITCHEN deploy FIRST LAST}, some of 200 at once; or {@code KITCHEN flip}, for ever. */
  public static void main(String[] args) throws InterruptedException {
    Path kitchen = Path.of(args[0]);
    if (args[1].equals("flip")) {
      flip(kitchen);
    }
    var threads = new ArrayList<Thread>();
    for (int i = Integer.parseInt(args[2]); i < Integer.parseInt(args[3]); i++) {
      int number = i;
      threads.add(Thread.ofVirtual().start(() -> deploy(kitchen, number)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** One of 200: 20 applications, each twice in five environments. */
  static void deploy(Path kitchen, int number) {
    String environment = List.of("prod", "demo", "staging", "integ", "dev").get(number / 20 % 5);
    new MonitoringCalls(kitchen, Map.of())
        .run(AppMoment.POST_DEPLOY, "app-" + number % 20, environment);
  }

  private static void flip(Path kitchen) {
    var calls = new MonitoringCalls(kitchen, Map.of());
    for (int i = 0; ; i++) {
      calls.run(AppMoment.POST_DEPLOY, "shop", "dev");
      calls.run(AppMoment.POST_UNDEPLOY, "shop", i % 3 == 0 ? "prod" : "dev");
      calls.run(AppMoment.POST_DEPLOY, "shop", "prod");
      calls.run(AppMoment.PRE_DEPLOY, "shop" + i % 2, "prod");
      System.out.println(i);
    }
  }
}
