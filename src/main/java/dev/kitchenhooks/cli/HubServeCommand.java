package dev.kitchenhooks.cli;

import dev.kitchenhooks.hub.Hub;
import dev.kitchenhooks.hub.HubServer;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.process.StopRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/** {@code fix hub serve}. */
final class HubServeCommand implements Callable<Integer> {
  private static final Pattern ADDRESS =
      Pattern.compile("(?:(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]/\\s]+):)?([0-9]{1,5})");

  private static final int LAST_PORT = 65535;

  private final Shell shell;

  private String listen = "";

  HubServeCommand(Shell shell) {
    this.shell = shell;
  }

  CommandSpec spec() {
    return Syntax.of(
            this, "serve", "Serves the hub's page until it is told to stop (Ctrl-C, SIGTERM).")
        .description(
            "",
            "There is no login: whoever can connect sees the page. Other machines can only where --listen",
            "names an address that they reach.")
        .help()
        .text(
            "--listen HOST:PORT",
            "Where to listen; port 0 takes a free one. Default: ${DEFAULT-VALUE}.",
            "127.0.0.1:8080",
            v -> listen = v)
        .spec();
  }

  @Override
  public Integer call() throws InterruptedException {
    shell.noWrapped("hub serve");
    InetSocketAddress address = address(listen);
    Hub hub = HubCommand.hub(shell);
    var stop = new StopRequest();
    var stopped = new CountDownLatch(1);
    try (var _ = shell.stopOnSignal(stop);
        var _ = stop.onRequest(_ -> stopped.countDown());
        HubServer server = HubServer.start(address, hub::page)) {
      shell.around().out().println("The hub's page is at " + server.url());
      shell.around().out().flush();
      stopped.await();
    }
    return 0;
  }

  static InetSocketAddress address(String text) {
    Matcher m = ADDRESS.matcher(text);
    if (m.matches()) {
      int port = Integer.parseInt(m.group(2));
      String host = m.group(1) == null ? "127.0.0.1" : m.group(1);
      if (port <= LAST_PORT) {
        try {
          return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
          throw FixException.invalid(
                  "--listen %s: %s is no address of this machine".formatted(text, host),
                  "try --listen 127.0.0.1:8080")
              .causedBy(e);
        }
      }
    }
    throw FixException.invalid(
        "--listen %s: HOST:PORT was expected".formatted(text), "try --listen 127.0.0.1:8080");
  }
}
