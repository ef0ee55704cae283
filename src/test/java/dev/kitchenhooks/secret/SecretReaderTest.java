package dev.kitchenhooks.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.kitchenhooks.hook.HookDefinitions;
import dev.kitchenhooks.hook.Loaded;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretReaderTest {
  @TempDir Path dir;
  private KitchenBuilder kitchen;

  @BeforeEach
  void aKitchen() {
    kitchen = KitchenBuilder.in(dir).script("x");
  }

  private void hook(String... environment) {
    kitchen.hookDef(
        "h.json",
        "{\n\"name\": \"h\", \"type\": \"user\", \"exec\": \"x\", \"environment\": {\n%s\n}}"
            .formatted(String.join(",\n", environment)));
  }

  private Secrets read(Map<String, String> caller) {
    Loaded loaded = HookDefinitions.load(dir, Kitchen.open(dir).config().hooks());
    assertThat(loaded.problems()).isEmpty();
    return SecretReader.read(dir, loaded, loaded.hooks(), caller);
  }

  @Test
  void readsFilesAndVariables() {
    kitchen
        .file("secrets/token", "abc def\n\n")
        .file("dos", "dos\r\n")
        .file("bare", "bare")
        .file("empty", "");
    hook(
        "\"A\": {\"from_file\": \"secrets/token\"}",
        "\"B\": {\"from_file\": \"%s\"}".formatted(dir.resolve("dos")),
        "\"C\": {\"from_file\": \"bare\"}",
        "\"D\": {\"from_file\": \"empty\"}",
        "\"E\": {\"from_env\": \"TOKEN\"}",
        "\"F\": {\"from_env\": \"EMPTY\"}",
        "\"G\": \"literal\"",
        "\"H\": null");

    Secrets secrets = read(Map.of("TOKEN", " of the caller", "EMPTY", ""));

    assertThat(secrets.value("h", "A")).isEqualTo("abc def\n");
    assertThat(secrets.value("h", "B")).isEqualTo("dos");
    assertThat(secrets.value("h", "C")).isEqualTo("bare");
    assertThat(secrets.value("h", "D")).isEmpty();
    assertThat(secrets.value("h", "E")).isEqualTo(" of the caller");
    assertThat(secrets.value("h", "F")).isEmpty();
    assertThat(secrets.mask("abc def, of the caller, literal")).isEqualTo("***,***, literal");
  }

  @Test
  void whatIsWrongIsToldAtOnceWithItsPlace() {
    kitchen
        .file("long", "x".repeat(64 * 1024 + 1))
        .file("nul", "a\0b")
        .bytes("bytes", new byte[] {(byte) 0xFF, 1})
        .file("fits", "x".repeat(64 * 1024));
    hook(
        "\"A\": {\"from_file\": \"missing\"}",
        "\"B\": {\"from_file\": \"long\"}",
        "\"C\": {\"from_file\": \"nul\"}",
        "\"D\": {\"from_file\": \"hooks\"}",
        "\"E\": {\"from_file\": \"bytes\"}",
        "\"F\": {\"from_env\": \"TOKN\"}",
        "\"G\": {\"from_file\": \"/dev/zero\"}",
        "\"H\": {\"from_file\": \"fits\"}");

    assertThatThrownBy(() -> read(Map.of("TOKEN", "secret")))
        .asInstanceOf(type(FixException.class))
        .satisfies(e -> {
          assertThat(e.message()).isEqualTo("secrets of hooks cannot be read; nothing has run");
          assertThat(e.problems().stream().map(Problem::format))
              .containsExactly(
                  "hook-defs/h.json:3:20: error: the secret file \"missing\" does not exist",
                  "hook-defs/h.json:4:20: error: the secret file \"long\" is longer than 64 KiB"
                      + " (give the hook its path instead)",
                  "hook-defs/h.json:5:20: error: the secret file \"nul\" has a NUL character, which"
                      + " no variable can hold",
                  "hook-defs/h.json:6:20: error: the secret file \"hooks\" is a directory",
                  "hook-defs/h.json:7:20: error: the secret file \"bytes\" is not UTF-8 text (keep"
                      + " binary secrets in base64, or give the hook their path)",
                  "hook-defs/h.json:8:19: error: the variable TOKN is not set (did you mean"
                      + " \"TOKEN\"?)",
                  "hook-defs/h.json:9:20: error: the secret file \"/dev/zero\" is no regular file");
        });
  }
}
