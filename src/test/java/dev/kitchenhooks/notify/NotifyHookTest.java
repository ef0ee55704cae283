package dev.kitchenhooks.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kitchenhooks.apphook.AppMoment;
import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.testkit.AppHookCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class NotifyHookTest {
  private static final String MAIL = "\"from\": \"fix@example.com\", \"to\": [\"a@example.com\"]";

  @TempDir Path dir;
  private AppHookCall calls;
  private ChatSink chat;
  private Path sent;
  private List<String> said = List.of();

  @BeforeEach
  void start() throws IOException {
    chat = ChatSink.start();
    calls = AppHookCall.in(dir.resolve("kitchen")).compose("services: {}\n");
    sent = dir.resolve("sent");
    Path sendmail =
        Files.writeString(
            dir.resolve("sendmail"),
            """
            #!/bin/sh
            { echo "args: $*"; cat; } >>'%s'
            """
                .formatted(sent));
    assertThat(sendmail.toFile().setExecutable(true)).isTrue();
  }

  @AfterEach
  void stop() {
    chat.close();
  }

  @Test
  void aDeployAndAnUndeployAreMailedAsUpstreamDid() throws IOException {
    sendmail("team", "\"applications\": [\"shop\"]");
    Files.createDirectories(calls.targetDirectory());
    Files.writeString(
        calls.targetDirectory().resolve(".metadata"),
        "shop_version=1.4.2\nbuilt=today\ndb_version=15\n");

    assertThat(deploy("shop")).containsExactly("team was told");
    assertThat(sent)
        .content()
        .startsWith("args: -t -i\n")
        .contains("From: fix@example.com", "To: a@example.com", "Subject: shop\n")
        .contains(
            """

            shop has been deployed on prod environment
              shop_version=1.4.2
              db_version=15
            """)
        .doesNotContain("\r");

    Files.delete(sent);
    calls.call(new NotifyHook(), AppMoment.POST_UNDEPLOY, "shop", "dev");
    assertThat(sent)
        .content()
        .contains("Subject: -shop\n")
        .contains("shop has been undeployed on dev environment");
  }

  @Test
  void channelsOfAnApplicationComeBeforeTheDefault() throws IOException {
    sendmail("team", "\"applications\": [\"shop\", \"blog\"]");
    sendmail("second", "\"applications\": [\"shop\"]");
    sendmail("all", "\"default\": true");
    sendmail("runs", "\"runs\": true");

    assertThat(deploy("shop")).containsExactly("second was told", "team was told");
    assertThat(deploy("blog")).containsExactly("team was told");
    assertThat(deploy("wiki")).containsExactly("all was told");
  }

  @Test
  void withoutAChannelNobodyIsTold() {
    assertThat(deploy("shop"))
        .containsExactly("nobody is to be told: no channel in confs/notify/ is for this");
  }

  @Test
  void outcomesThatAChannelDoesNotWantAreLeftOut() throws IOException {
    sendmail("bad", "\"default\": true, \"when\": \"failure\"");
    sendmail("good", "\"default\": true, \"when\": \"success\"");

    assertThat(deploy("shop")).containsExactly("bad is not told of this outcome", "good was told");
    calls.with("FIX_RETURN_CODE", "17");
    assertThat(deploy("shop")).containsExactly("bad was told", "good is not told of this outcome");
    assertThat(sent).content().contains("shop could not be deployed on prod environment (code 17)");
  }

  @Test
  void aServerGetsTheMailWithItsLogin() throws Exception {
    try (SmtpSink server = SmtpSink.start("AUTH PLAIN")) {
      Path password = Files.writeString(dir.resolve("password"), "pass-W0RD\n");
      smtp(
          server,
          "\"security\": \"none\", \"user\": \"fix\", \"password\": {\"from_file\": \"%s\"}"
              .formatted(password));

      assertThat(deploy("shop")).containsExactly("mail was told");

      assertThat(server.lines)
          .contains(
              "MAIL FROM:<fix@example.com>",
              "RCPT TO:<a@example.com>",
              "Subject: shop",
              "shop has been deployed on prod environment",
              "QUIT");
      assertThat(server.lines).anyMatch(line -> line.startsWith("AUTH PLAIN"));
    }
  }

  @Test
  void aPasswordThatTheServerRepeatsIsMasked() throws Exception {
    try (SmtpSink server = SmtpSink.refusing("535 I do not know pass-W0RD", "AUTH PLAIN")) {
      Path password = Files.writeString(dir.resolve("password"), "pass-W0RD\n");
      smtp(
          server,
          "\"security\": \"none\", \"user\": \"fix\", \"password\": {\"from_file\": \"%s\"}"
              .formatted(password));

      assertFails("535 I do not know ***");
    }
  }

  @Test
  void aServerThatCannotEncryptIsRefused() throws Exception {
    try (SmtpSink server = SmtpSink.start("AUTH PLAIN")) {
      Path password = Files.writeString(dir.resolve("password"), "pass-W0RD\n");
      smtp(server, "\"user\": \"fix\", \"password\": {\"from_file\": \"%s\"}".formatted(password));

      assertFails("mail was not told: STARTTLS is required but host does not support STARTTLS");

      assertThat(server.lines).noneMatch(line -> line.startsWith("AUTH"));
    }
  }

  @Test
  void aServerThatSaysNothingIsGivenUp() throws Exception {
    try (SmtpSink server = SmtpSink.silent()) {
      smtp(server, "\"security\": \"none\"");

      assertThatExceptionOfType(FixException.class)
          .isThrownBy(() -> deploy("shop"))
          .withMessage("not everybody was told: mail");
    }
  }

  @Test
  void aRefusedRecipientIsToldInTheServersWords() throws Exception {
    try (SmtpSink server = SmtpSink.start()) {
      calls.conf(
          "notify/mail.json",
          """
          {"default": true, "smtp": {"host": "127.0.0.1", "port": %d, "security": "none",
           "from": "fix@example.com", "to": ["nobody@example.com"]}}
          """
              .formatted(server.port()));
      assertFails("550 no such user");
    }
  }

  @Test
  void eachChatGetsItsShape() throws IOException {
    for (String shape : List.of("slack", "mattermost", "teams")) {
      webhook(shape, "/services/T0K3N-in-the-address", shape);
    }

    assertThat(deploy("shop"))
        .containsExactly("mattermost was told", "slack was told", "teams was told");

    JsonNode mattermost = chat.posted.get(0).at("/attachments/0");
    assertThat(mattermost.path("title").asString())
        .isEqualTo("shop has been deployed on prod environment");
    assertThat(mattermost.path("color").asString()).isEqualTo("#2e7d32");
    assertThat(chat.posted.get(1).at("/attachments/0/fallback").asString())
        .isEqualTo("shop has been deployed on prod environment");
    JsonNode teams = chat.posted.get(2);
    assertThat(teams.path("type").asString()).isEqualTo("message");
    assertThat(teams.at("/attachments/0/contentType").asString())
        .isEqualTo("application/vnd.microsoft.card.adaptive");
    assertThat(teams.at("/attachments/0/content/body/0/text").asString())
        .isEqualTo("shop has been deployed on prod environment");
  }

  @Test
  void oneThatFailsKeepsTheNoticeFromNoOtherAndNoSecretIsShown() throws IOException {
    webhook("a-gone", "/gone/T0K3N-in-the-address", "slack");
    webhook("b-elsewhere", "/elsewhere/T0K3N-in-the-address", "slack");
    webhook("c-silent", "/silent/T0K3N-in-the-address", "slack");
    calls.conf(
        "notify/d-no-url.json",
        "{\"default\": true, \"webhook\": {\"url\": {\"from_env\": \"NO_SUCH_VARIABLE\"},"
            + " \"shape\": \"slack\"}}");
    calls.with("BAD_URL", "https://bad host/T0K3N-in-the-address");
    calls.conf(
        "notify/e-bad-url.json",
        "{\"default\": true, \"webhook\": {\"url\": {\"from_env\": \"BAD_URL\"},"
            + " \"shape\": \"slack\"}}");
    webhook("f-well", "/services/T0K3N-in-the-address", "slack");

    assertThatExceptionOfType(FixException.class)
        .isThrownBy(() -> deploy("shop"))
        .withMessage("not everybody was told: a-gone, b-elsewhere, c-silent, d-no-url, e-bad-url")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NODE_FAILED));
    assertThat(said).contains("f-well was told");
    assertThat(said).contains("a-gone was not told: it answered 404: no_service for /gone/***");
    assertThat(said).noneMatch(line -> line.contains("T0K3N"));
    assertThat(said).contains("b-elsewhere was not told: it answered 307");
    assertThat(said).contains("c-silent was not told: it did not answer in time");
    assertThat(said)
        .contains("d-no-url was not told: the variable NO_SUCH_VARIABLE is not set")
        .contains("e-bad-url was not told: its address is none");
    assertThat(chat.posted).hasSize(2);
  }

  @Test
  void theEndOfARunIsTold() throws IOException {
    webhook("chat", "/services/x", "slack", "\"runs\": true");
    Path context =
        Files.writeString(
            dir.resolve("context.json"),
            """
            {"version": 1,
             "run": {"id": "20261122-1", "command": "node:all", "user": "ops <b>"},
             "hook": {"name": "n", "type": "global_postdeployhook", "return_code": 5,
                      "reason": "skipped"},
             "nodes": [
               {"fqdn": "web1", "chef_environment": "prod", "outcome": "deployed"},
               {"fqdn": "web2", "chef_environment": "staging", "outcome": "skipped"},
               {"fqdn": "web3", "chef_environment": "prod", "outcome": null}]}
            """);
    calls.with("FIX_CONTEXT", context.toString());

    assertThat(calls.ofRun(new NotifyHook()::ofRun)).containsExactly("chat was told");

    JsonNode told = chat.posted.getFirst().at("/attachments/0");
    assertThat(told.path("title").asString()).isEqualTo("fix node:all ended with code 5 (skipped)");
    assertThat(told.path("color").asString()).isEqualTo("#c62828");
    assertThat(told.path("text").asString())
        .isEqualTo(
            """
            run 20261122-1 by ops &lt;b&gt;
            environments: prod, staging
            nodes: 1 deployed, 1 not-started, 1 skipped
            web2: skipped
            web3: not-started\
            """);
  }

  @Test
  void nothingInANoticeIsMarkupOrAMention() {
    var notice = new Notice("s", "a_b *c* <!channel> @all [x](y) & more", List.of(), true);

    assertThat(title(notice, Channel.Shape.SLACK))
        .isEqualTo("a_b *c* &lt;!channel&gt; @all [x](y) &amp; more");
    assertThat(title(notice, Channel.Shape.MATTERMOST))
        .isEqualTo("a\\_b \\*c\\* \\<\\!channel\\> @\u200ball \\[x\\]\\(y\\) & more");
  }

  private static String title(Notice notice, Channel.Shape shape) {
    return WebhookBody.of(notice, shape).at("/attachments/0/title").asString();
  }

  private List<String> deploy(String app) {
    said = new ArrayList<>();
    calls.call(new NotifyHook(), AppMoment.POST_DEPLOY, app, "prod", said::add);
    assertThat(said).noneMatch(line -> line.contains("T0K3N") || line.contains("W0RD"));
    return said;
  }

  private void assertFails(String message) {
    assertThatExceptionOfType(FixException.class).isThrownBy(() -> deploy("shop"));
    assertThat(String.join("\n", said)).contains(message).doesNotContain("W0RD");
  }

  private void sendmail(String name, String more) throws IOException {
    calls.conf(
        "notify/" + name + ".json",
        "{%s, \"sendmail\": {\"program\": \"%s\", %s}}"
            .formatted(more, dir.resolve("sendmail"), MAIL));
  }

  private void smtp(SmtpSink server, String more) throws IOException {
    calls.conf(
        "notify/mail.json",
        "{\"default\": true, \"timeout\": \"2s\", \"smtp\": {\"host\": \"127.0.0.1\", \"port\": %d, %s, %s}}"
            .formatted(server.port(), more, MAIL));
  }

  private void webhook(String name, String path, String shape) throws IOException {
    webhook(name, path, shape, "\"default\": true");
  }

  private void webhook(String name, String path, String shape, String more) throws IOException {
    Path url = Files.writeString(dir.resolve(name + ".url"), chat.url(path) + "\n");
    calls.conf(
        "notify/" + name + ".json",
        "{%s, \"timeout\": \"2s\", \"webhook\": {\"url\": {\"from_file\": \"%s\"}, \"shape\": \"%s\"}}"
            .formatted(more, url, shape));
  }
}
