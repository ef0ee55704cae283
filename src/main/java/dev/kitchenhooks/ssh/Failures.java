package dev.kitchenhooks.ssh;

import dev.kitchenhooks.remote.UnreachableException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import net.schmizz.sshj.connection.channel.OpenFailException;
import org.jspecify.annotations.Nullable;

/** Says in one line why a host could not be reached, and what to do about it. */
final class Failures {
  private static final int LONGEST = 300;

  private Failures() {}

  static UnreachableException explain(Throwable failure, HostSettings host, HostKeyCheck check) {
    if (check.refusal().isPresent()) {
      return new UnreachableException(check.refusal().get(), failure);
    }
    return switch (failure) {
      case UnreachableException explained -> explained;
      case UnknownHostException _ ->
          new UnreachableException(
              "no such host: "
                  + host.hostName()
                  + "; check its name, or give it a HostName in ssh_config",
              failure);
      case NoRouteToHostException _ ->
          new UnreachableException("no route to " + host.address() + "; is it up?", failure);
      case ConnectException _ ->
          new UnreachableException(
              "connection refused by " + host.address() + "; is sshd running there, on that port?",
              failure);
      case SocketTimeoutException _ -> timedOut(host, "connecting");
      case OpenFailException refused ->
          new UnreachableException(
              "the gateway cannot reach " + host.address() + ": " + text(refused), failure);
      default -> new UnreachableException(protocol(text(failure), host), failure);
    };
  }

  static UnreachableException timedOut(HostSettings host, String phase) {
    return new UnreachableException(
        "timed out after "
            + host.connectTimeout().toMillis() / 1000.0
            + "s while "
            + phase
            + " ("
            + host.address()
            + ")");
  }

  private static String protocol(String message, HostSettings host) {
    if (message.contains("identification") || message.contains("does not support SSHv2")) {
      return "no SSH server answers at " + host.address() + ": " + message;
    }
    if (message.contains("Unable to reach a settlement")) {
      return "the server at " + host.address() + " is too old or too strict: " + message;
    }
    return "connection to " + host.address() + " failed: " + message;
  }

  /** One line, no control characters, not endless: parts of it come from the server. */
  static String text(@Nullable Throwable failure) {
    if (failure == null) {
      return "";
    }
    String message = failure.getMessage();
    String text = message == null || message.isBlank() ? failure.toString() : message;
    text = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
  }
}
