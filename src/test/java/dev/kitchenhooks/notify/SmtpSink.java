package dev.kitchenhooks.notify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server on loopback that keeps what it is told. */
final class SmtpSink implements AutoCloseable {
  private final ServerSocket server;
  private final List<String> extensions;
  private final boolean silent;
  private volatile Optional<SSLContext> tls = Optional.empty();
  private volatile String login = "235 welcome";

  /** All lines that clients have said, mails included. */
  final List<String> lines = new CopyOnWriteArrayList<>();

  private SmtpSink(ServerSocket server, List<String> extensions, boolean silent) {
    this.server = server;
    this.extensions = extensions;
    this.silent = silent;
  }

  static SmtpSink start(String... extensions) throws IOException {
    return start(false, extensions);
  }

  /** One that answers a login so. */
  static SmtpSink refusing(String answer, String... extensions) throws IOException {
    SmtpSink sink = start(false, extensions);
    sink.login = answer;
    return sink;
  }

  /** One that encrypts when it is asked to, with a certificate of its own. */
  static SmtpSink encrypting(SSLContext tls, String... extensions) throws IOException {
    SmtpSink sink =
        start(
            false,
            Stream.concat(Stream.of("STARTTLS"), Stream.of(extensions)).toArray(String[]::new));
    sink.tls = Optional.of(tls);
    return sink;
  }

  /** One that takes connections and says nothing. */
  static SmtpSink silent() throws IOException {
    return start(true);
  }

  private static SmtpSink start(boolean silent, String... extensions) throws IOException {
    var sink =
        new SmtpSink(
            new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), List.of(extensions), silent);
    Thread.ofVirtual().start(sink::accept);
    return sink;
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> talk(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void talk(Socket client) {
    try (client) {
      if (silent) {
        reader(client).readLine();
        return;
      }
      say(client.getOutputStream(), "220 sink ESMTP");
      converse(client);
    } catch (IOException gone) {
      lines.add("(connection lost)");
    }
  }

  private static BufferedReader reader(Socket client) throws IOException {
    return new BufferedReader(
        new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
  }

  private void converse(Socket client) throws IOException {
    try (BufferedReader in = reader(client);
        OutputStream out = client.getOutputStream()) {
      boolean data = false;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(line);
        if (data) {
          data = !line.equals(".");
          if (!data) {
            say(out, "250 taken");
          }
        } else if (line.startsWith("EHLO")) {
          say(out, "250-sink");
          for (String extension : extensions) {
            say(out, "250-" + extension);
          }
          say(out, "250 8BITMIME");
        } else if (line.equals("STARTTLS") && tls.isPresent()) {
          say(out, "220 go ahead");
          var encrypted =
              (SSLSocket)
                  tls.get().getSocketFactory().createSocket(client, null, client.getPort(), true);
          encrypted.setUseClientMode(false);
          encrypted.startHandshake();
          lines.add("(encrypted)");
          converse(encrypted);
          return;
        } else if (line.startsWith("AUTH")) {
          say(out, login);
        } else if (line.startsWith("RCPT") && line.contains("nobody@")) {
          say(out, "550 no such user");
        } else if (line.equals("DATA")) {
          data = true;
          say(out, "354 go on");
        } else if (line.equals("QUIT")) {
          say(out, "221 bye");
          return;
        } else {
          say(out, "250 ok");
        }
      }
    }
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
