package dev.kitchenhooks.hub;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Processes that write to one hub. */
final class HubWriters {
  private HubWriters() {}

  /** Starts one: {@code DIRECTORY deploy FIRST LAST} or {@code DIRECTORY flip}. */
  static Process start(Path directory, String... words) throws IOException {
    var argv =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                HubWriters.class.getName(),
                directory.toString()));
    argv.addAll(List.of(words));
    return new ProcessBuilder(argv).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  public static void main(String[] args) throws InterruptedException {
    var hub = new AppsFile(Path.of(args[0]));
    if (args[1].equals("flip")) {
      flip(hub);
    }
    var threads = new ArrayList<Thread>();
    for (int i = Integer.parseInt(args[2]); i < Integer.parseInt(args[3]); i++) {
      int deploy = i;
      threads.add(Thread.ofVirtual().start(() -> deploy(hub, deploy)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** One of 200: of 20 applications in 10 environments each. */
  static void deploy(AppsFile hub, int number) {
    String app = "app-" + number % 20;
    String environment = "env" + number / 20;
    hub.deployed(
        app,
        environment,
        List.of(
            new Claim(app, "web", app + "." + environment + ".example.com"),
            new Claim(app, "s" + number, "s" + number + ".example.com")));
  }

  /** For ever one application whose service is renamed with each deploy. */
  private static void flip(AppsFile hub) {
    for (int i = 0; ; i++) {
      hub.deployed("shop", "prod", List.of(new Claim("shop", "web" + i % 7, "h" + i)));
      System.out.println(i);
    }
  }
}
