package dev.kitchenhooks.notify;

import dev.kitchenhooks.notify.Channel.Envelope;
import dev.kitchenhooks.notify.Channel.Sendmail;
import dev.kitchenhooks.notify.Channel.Smtp;
import dev.kitchenhooks.process.LocalCommand;
import dev.kitchenhooks.process.LocalProcesses;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.process.Tail;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Sends notices as mails. */
final class Mails {
  private static final Duration KILL_AFTER = Duration.ofSeconds(5);
  private static final String UTF_8 = "UTF-8";
  private static final int MOST_CAUSES = 5;

  private Mails() {}

  /**
   * Hands a mail to a program.
   *
   * @param caller the caller's environment, which is the program's
   * @param directory to start it in
   */
  static void send(
      Notice notice, Sendmail target, Map<String, String> caller, Path directory, Duration timeout)
      throws NotSent {
    try {
      Path mail = Files.createTempFile("fix-notice", ".eml"); // mode 0600
      try {
        var out = new ByteArrayOutputStream();
        message(Session.getInstance(new Properties()), notice, target.envelope()).writeTo(out);
        // Programs expect lines to end as all do on this machine; not every one mends them.
        String lines = out.toString(StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
        Files.writeString(mail, lines, StandardCharsets.ISO_8859_1);
        run(target, mail, caller, directory, timeout);
      } finally {
        Files.deleteIfExists(mail);
      }
    } catch (IOException | MessagingException e) {
      throw new NotSent(String.valueOf(e.getMessage()));
    }
  }

  private static void run(
      Sendmail target, Path mail, Map<String, String> caller, Path directory, Duration timeout)
      throws NotSent {
    var output = new Tail();
    // Recipients are read from the mail, and a line with a dot alone does not end it.
    var command =
        new LocalCommand(
                List.of(target.program(), "-t", "-i"),
                caller,
                directory,
                Optional.of(timeout),
                KILL_AFTER,
                true)
            .reading(mail);
    ProcessResult result = new LocalProcesses().run(command, output, new StopRequest());
    if (result.exitCode() != 0) {
      String said = output.lines().isEmpty() ? "" : ": " + output.lines().getLast();
      throw new NotSent(
          "%s ended with code %d%s%s"
              .formatted(
                  target.program(),
                  result.exitCode(),
                  result.detail().isEmpty() ? "" : " (" + result.detail() + ")",
                  said));
    }
  }

  /**
   * Sends a mail to a server.
   *
   * @param password where the server wants a login
   */
  static void send(Notice notice, Smtp target, Optional<String> password, Duration timeout)
      throws NotSent {
    Session session = Session.getInstance(properties(target, timeout));
    CompletableFuture<Void> sending =
        CompletableFuture.runAsync(
            () -> {
              try {
                deliver(session, notice, target, password);
              } catch (MessagingException e) {
                throw new CompletionException(e);
              }
            },
            task -> Thread.ofVirtual().name("smtp").start(task));
    try {
      // The library's limits are those of each step.
      sending.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS).join();
    } catch (CompletionException e) {
      throw new NotSent(reason(Objects.requireNonNullElse(e.getCause(), e)));
    }
  }

  private static void deliver(
      Session session, Notice notice, Smtp target, Optional<String> password)
      throws MessagingException {
    MimeMessage message = message(session, notice, target.envelope());
    try (Transport transport = session.getTransport("smtp")) {
      transport.connect(
          target.host(),
          target.port(),
          target.login().map(Channel.Login::user).orElse(null),
          password.orElse(null));
      transport.sendMessage(message, message.getAllRecipients());
    }
  }

  private static Properties properties(Smtp target, Duration timeout) {
    String millis = Long.toString(timeout.toMillis());
    var properties = new Properties();
    properties.put("mail.smtp.auth", Boolean.toString(target.login().isPresent()));
    properties.put("mail.smtp.connectiontimeout", millis);
    properties.put("mail.smtp.timeout", millis);
    properties.put("mail.smtp.writetimeout", millis);
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    switch (target.security()) {
      case STARTTLS -> {
        properties.put("mail.smtp.starttls.enable", "true");
        properties.put("mail.smtp.starttls.required", "true");
      }
      case TLS -> properties.put("mail.smtp.ssl.enable", "true");
      case NONE -> {}
    }
    return properties;
  }

  private static MimeMessage message(Session session, Notice notice, Envelope envelope)
      throws MessagingException {
    var message = new MimeMessage(session);
    message.setFrom(new InternetAddress(envelope.from()));
    for (String to : envelope.to()) {
      message.addRecipient(Message.RecipientType.TO, new InternetAddress(to));
    }
    message.setSubject(notice.subject().replaceAll("\\p{Cntrl}", " "), UTF_8);
    message.setText(notice.body(), UTF_8);
    message.setHeader(
        "Date",
        DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneId.systemDefault())));
    message.setHeader("Auto-Submitted", "auto-generated");
    message.saveChanges();
    return message;
  }

  /** The last of its causes is the server's or the system's own word. */
  private static String reason(Throwable cause) {
    if (cause instanceof TimeoutException) {
      return "it did not answer in time";
    }
    var said = new ArrayList<String>();
    Throwable each = cause;
    while (each != null && said.size() < MOST_CAUSES) {
      said.add(String.valueOf(each.getMessage()).strip().replaceAll("\\s+", " "));
      each = each instanceof MessagingException mail ? mail.getNextException() : null;
    }
    return said.stream().distinct().collect(Collectors.joining("; "));
  }
}
