package dev.kitchenhooks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.backup.BackupConf;
import dev.kitchenhooks.hub.HubConf;
import dev.kitchenhooks.notify.NotifyHook;
import dev.kitchenhooks.schema.JsonSchema;
import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The configuration of the shipped hooks of applications: schemas, and what lint says. */
class ConfsTest {
  private static final Map<String, String> SCHEMAS =
      Map.of(
          "hub", HubConf.schema(),
          "backup", BackupConf.schema(),
          "notify", NotifyHook.schema());

  @TempDir Path kitchen;

  @ParameterizedTest
  @ValueSource(strings = {"hub", "backup", "notify"})
  void thePublishedSchemaIsTheOneThatIsUsed(String name) {
    String text = SCHEMAS.getOrDefault(name, "");

    assertThat(Path.of("docs", name + ".schema.json")).hasContent(text);
    assertThat(JsonMapper.shared().readTree(text).path("$id").asString())
        .isEqualTo("https://kitchenhooks.dev/schema/" + name + ".json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hub", "backup", "notify"})
  void everyKeyIsDescribedAndEveryExampleValid(String name) {
    JsonNode root = JsonMapper.shared().readTree(SCHEMAS.getOrDefault(name, ""));
    JsonSchema schema = JsonSchema.of(root.toString());
    var wrong = new ArrayList<String>();
    root.path("examples").forEach(e -> schema.validate(e).forEach(w -> wrong.add(w.toString())));
    properties(root, "", wrong);

    assertThat(wrong).isEmpty();
    assertThat(root.path("examples")).isNotEmpty();
  }

  private static void properties(JsonNode node, String at, List<String> wrong) {
    node.path("properties")
        .forEachEntry((key, sub) -> {
          boolean elsewhere = sub.has("$ref");
          if (!elsewhere && sub.path("description").asString("").length() < 10) {
            wrong.add(at + "/" + key + " is not described");
          }
          properties(sub, at + "/" + key, wrong);
        });
  }

  @Test
  void allThatIsWrongInAllFilesIsSaidAtItsPlace() throws IOException {
    conf(
        "hub/hub.json",
        "{\n  \"volum\": \"x\",\n  \"directory\": \"srv\", \"scheme\": \"ftp\"\n}\n");
    conf(
        "backup/backup.json",
        """
        {
          "repository": "backups",
          "passphrase": "secret",
          "passcommand": [],
          "timeout": "0s"
        }
        """);
    conf("notify/a.json", "{\"default\": \"yes\", \"webhook\": {\"url\": \"https://x\"}}\n");
    conf(
        "notify/b.json",
        """
        {
          "runs": true,
          "smtp": {
            "host": "mail.example.com", "security": "none", "user": "x",
            "password": {"from_file": "a", "from_env": "B"},
            "from": "a b", "to": ["x@example.com"]
          }
        }
        """);
    conf("notify/c.json", "{\"runs\": true}\n");
    conf("notify/d.json", "{\"sendmail\": {\"from\": \"a@b.c\", \"to\": [\"d@e.f\"]}}\n");

    FixResult lint = lint();

    assertThat(lint.out().lines())
        .containsExactly(
            "confs/backup/backup.json:2:17: error: \"repository\" must be an absolute path,"
                + " ssh://user@host/path or host:path, without spaces and braces, not"
                + " \"backups\"",
            "confs/backup/backup.json:3:3: error: unknown key \"passphrase\" (known are $schema,"
                + " repository, passcommand, encryption, directory, volumes, hooks, format,"
                + " compression, borg, timeout)",
            "confs/backup/backup.json:4:18: error: \"passcommand\" must not be an empty list (for"
                + " example [\"cat\", \"/root/.borg-passphrase\"])",
            "confs/hub/hub.json:2:3: error: unknown key \"volum\" (did you mean \"volume\"?)",
            "confs/hub/hub.json:3:16: error: \"directory\" must be an absolute path, not \"srv\"",
            "confs/hub/hub.json:3:33: error: \"scheme\" must be \"http\" or \"https\", not"
                + " \"ftp\"",
            "confs/notify/a.json:1:13: error: \"default\" must be true or false, not a string",
            "confs/notify/a.json:1:31: error: missing key \"shape\" (for example \"shape\":"
                + " \"slack\")",
            "confs/notify/a.json:1:39: error: \"webhook.url\" must be an object, not a string",
            "confs/notify/b.json:5:17: error: \"smtp.password\" must have at most 1 of its keys,"
                + " not 2",
            "confs/notify/b.json:6:13: error: \"smtp.from\" must be a mail address such as"
                + " \"team@example.com\", not \"a b\"",
            "confs/notify/c.json:1:1: error: one of sendmail, smtp and webhook is needed, and there"
                + " is none",
            "confs/notify/d.json:1:1: warning: nobody is ever told anything here (name"
                + " \"applications\", or say \"default\": true or \"runs\": true)");
    assertThat(lint.exit()).isEqualTo(2);
  }

  @Test
  void whatIsMissingComesWithAnExample() throws IOException {
    conf("notify/a.json", "{\"default\": true, \"sendmail\": {}}");
    conf("notify/b.json", "{\"default\": true, \"webhook\": {\"shape\": \"slack\"}}");
    assertThat(lint().out().lines())
        .containsExactly(
            "confs/notify/a.json:1:31: error: missing key \"from\" (for example \"from\":"
                + " \"deploy@example.com\")",
            "confs/notify/a.json:1:31: error: missing key \"to\" (for example \"to\":"
                + " [\"team@example.com\"])",
            "confs/notify/b.json:1:30: error: missing key \"url\" (for example \"url\":"
                + " {\"from_file\":\"/etc/fix/chat-webhook\"})");
  }

  @Test
  void whatNoSchemaCanSayIsSaidToo() throws IOException {
    conf(
        "backup/backup.json",
        "{\"repository\": \"/b\", \"passcommand\": [\"x\"], \"timeout\": \"0s\"}");
    conf(
        "notify/b.json",
        """
        {
          "runs": true,
          "smtp": {
            "host": "mail.example.com", "security": "none", "user": "x",
            "password": {"from_file": "a"}, "from": "a@b.c", "to": ["x@example.com"]
          }
        }
        """);
    conf("notify/c.json", "{\"runs\": true}\n");
    conf("notify/d.json", "{\"sendmail\": {\"from\": \"a@b.c\", \"to\": [\"d@e.f\"]}}\n");
    conf(
        "notify/e.json",
        "{\"runs\": true, \"smtp\": {\"host\": \"h\", \"user\": \"x\", \"from\": \"a\", \"to\": [\"b\"]}}");

    assertThat(lint().out().lines())
        .containsExactly(
            "confs/backup/backup.json:1:55: error: \"timeout\" must be longer than nothing",
            "confs/notify/b.json:4:45: error: the password would be sent where everybody can read"
                + " it (use tls)",
            "confs/notify/c.json:1:1: error: one of sendmail, smtp and webhook is needed, and there"
                + " is none",
            "confs/notify/d.json:1:1: warning: nobody is ever told anything here (name"
                + " \"applications\", or say \"default\": true or \"runs\": true)",
            "confs/notify/e.json:1:24: error: \"password\" is missing: a login has a user and a"
                + " password");
  }

  @Test
  void rightOnesAreSilent() throws IOException {
    for (Map.Entry<String, String> schema : SCHEMAS.entrySet()) {
      JsonNode examples = JsonMapper.shared().readTree(schema.getValue()).path("examples");
      for (int i = 0; i < examples.size(); i++) {
        boolean many = schema.getKey().equals("notify");
        String file = schema.getKey() + "/" + (many ? "n" + i : schema.getKey()) + ".json";
        conf(file, examples.get(i).toString());
      }
    }

    FixResult lint = lint();

    assertThat(lint.out()).isEmpty();
    assertThat(lint.exit()).isZero();
  }

  private FixResult lint() {
    return FixCommand.in(KitchenBuilder.in(kitchen)).run("hooks", "lint");
  }

  private void conf(String path, String text) throws IOException {
    Path file = kitchen.resolve("confs").resolve(path);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
  }
}
