package dev.kitchenhooks.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LittleChefKitchenTest {
  @TempDir Path directory;

  /** As Chef does it: version 3, AES-256-GCM, the key the digest of the secret. */
  @Test
  void itsEncryptedDataBagOpensWithItsSecret() throws Exception {
    Path kitchen = LittleChefKitchen.copyTo(directory).directory();
    String secret = Files.readString(kitchen.resolve("encrypted_data_bag_secret")).strip();
    byte[] key =
        MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    JsonNode item = JsonMapper.shared().readTree(kitchen.resolve("data_bags/secrets/db.json"));
    assertThat(item.path("password").path("version").asInt()).isEqualTo(3);
    assertThat(opened(item.path("password"), key))
        .isEqualTo("{\"json_wrapper\":\"correct horse battery staple\"}");
    assertThat(item.toString()).doesNotContain("correct horse");
  }

  private static String opened(JsonNode value, byte[] key) throws Exception {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(key, "AES"),
        new GCMParameterSpec(128, bytes(value, "iv")));
    cipher.update(bytes(value, "encrypted_data"));
    return new String(cipher.doFinal(bytes(value, "auth_tag")), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(JsonNode value, String key) {
    return Base64.getMimeDecoder().decode(value.path(key).asString());
  }
}
