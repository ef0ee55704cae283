package dev.kitchenhooks.notify;

import dev.kitchenhooks.json.Durations;
import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.notify.Channel.Envelope;
import dev.kitchenhooks.notify.Channel.Login;
import dev.kitchenhooks.notify.Channel.Security;
import dev.kitchenhooks.notify.Channel.Shape;
import dev.kitchenhooks.notify.Channel.Target;
import dev.kitchenhooks.notify.Channel.When;
import dev.kitchenhooks.problem.Problems;
import dev.kitchenhooks.schema.CheckedFile;
import dev.kitchenhooks.schema.JsonSchema;
import dev.kitchenhooks.schema.Report;
import dev.kitchenhooks.schema.Wording;
import dev.kitchenhooks.secret.SecretSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads one channel: the schema's faults first, then what no schema says well. */
final class ChannelReader {
  private static final List<String> TARGETS = List.of("sendmail", "smtp", "webhook");
  private static final Wording WORDING = () -> "a channel of notices";
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

  private final JsonSchema schema;
  private final String name;

  ChannelReader(JsonSchema schema, String name) {
    this.schema = schema;
    this.name = name;
  }

  /** Empty where there was an error. */
  Optional<Channel> read(Path file, String shown, Problems problems) {
    var ofFile = new Problems();
    Optional<Channel> channel =
        CheckedFile.read(file, shown, schema, WORDING, ofFile)
            .flatMap(document -> new Reading(document, new Report(document, ofFile)).channel());
    problems.addAll(ofFile.sorted());
    return ofFile.hasErrors() ? Optional.empty() : channel;
  }

  /** One file that its schema finds nothing wrong with. */
  private final class Reading {
    private final JsonDocument document;
    private final Report report;

    Reading(JsonDocument document, Report report) {
      this.document = document;
      this.report = report;
    }

    Optional<Channel> channel() {
      Set<String> applications = new LinkedHashSet<>(texts("/applications"));
      boolean byDefault = document.at("/default").booleanValue(false);
      boolean runs = document.at("/runs").booleanValue(false);
      if (applications.isEmpty() && !byDefault && !runs) {
        report.warning(
            "",
            "nobody is ever told anything here",
            "name \"applications\", or say \"default\": true or \"runs\": true");
      }
      String when = document.at("/when").stringValue("always");
      return target()
          .map(target ->
              new Channel(
                  name,
                  applications,
                  byDefault,
                  runs,
                  When.valueOf(when.toUpperCase(Locale.ROOT)),
                  target,
                  timeout()));
    }

    private Optional<Target> target() {
      List<String> given = TARGETS.stream().filter(t -> document.root().has(t)).toList();
      if (given.size() != 1) {
        String is = given.isEmpty() ? "none" : String.join(" and ", given);
        report.error("", "one of sendmail, smtp and webhook is needed, and there is " + is, null);
        return Optional.empty();
      }
      return switch (given.getFirst()) {
        case "sendmail" ->
            Optional.of(
                new Channel.Sendmail(
                    document.at("/sendmail/program").stringValue("/usr/sbin/sendmail"),
                    envelope("/sendmail")));
        case "smtp" -> Optional.of(smtp());
        default ->
            secret("/webhook/url")
                .map(url ->
                    new Channel.Webhook(
                        url,
                        Shape.valueOf(
                            document.at("/webhook/shape").stringValue().toUpperCase(Locale.ROOT))));
      };
    }

    private Target smtp() {
      String word = document.at("/smtp/security").stringValue("starttls");
      Security security = Security.valueOf(word.toUpperCase(Locale.ROOT));
      String host = document.at("/smtp/host").stringValue();
      boolean hasUser = document.root().path("smtp").has("user");
      boolean hasPassword = document.root().path("smtp").has("password");
      Optional<Login> login = Optional.empty();
      if (hasUser != hasPassword) {
        report.error(
            "/smtp",
            "%s is missing: a login has a user and a password"
                .formatted(JsonText.quoted(hasUser ? "password" : "user")),
            null);
      } else if (hasUser) {
        login =
            secret("/smtp/password")
                .map(password -> new Login(document.at("/smtp/user").stringValue(), password));
      }
      if (hasPassword && security == Security.NONE && !THIS_MACHINE.contains(host)) {
        report.error(
            "/smtp/security", "the password would be sent where everybody can read it", "use tls");
      }
      return new Channel.Smtp(host, port(security), security, login, envelope("/smtp"));
    }

    private int port(Security security) {
      return document
          .at("/smtp/port")
          .intValue(
              switch (security) {
                case STARTTLS -> 587;
                case TLS -> 465;
                case NONE -> 25;
              });
    }

    private Envelope envelope(String pointer) {
      return new Envelope(document.at(pointer + "/from").stringValue(), texts(pointer + "/to"));
    }

    private Optional<SecretSource> secret(String pointer) {
      Optional<SecretSource> source = SecretSource.of(document.at(pointer));
      if (source.isEmpty()) {
        report.error(pointer, "a secret comes from_file or from_env", null);
      }
      return source;
    }

    private Duration timeout() {
      String text = document.at("/timeout").stringValue("10s");
      Optional<Duration> timeout = Durations.parse(text).filter(Duration::isPositive);
      if (timeout.isEmpty()) {
        report.error("/timeout", "\"timeout\" must be longer than nothing", null);
      }
      return timeout.orElse(Duration.ofSeconds(10));
    }

    private List<String> texts(String pointer) {
      var texts = new ArrayList<String>();
      document.at(pointer).forEach(text -> texts.add(text.stringValue()));
      return texts;
    }
  }
}
