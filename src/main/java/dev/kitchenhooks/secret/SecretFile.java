package dev.kitchenhooks.secret;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file that holds one secret. */
final class SecretFile {
  /** In bytes. Linux takes 128 KiB in one variable. */
  static final int LONGEST = 64 * 1024;

  private SecretFile() {}

  /** What reading gave. */
  sealed interface Content {}

  /**
   * @param text without the line end at its end
   */
  record Text(String text) implements Content {
    @Override
    public String toString() {
      return "(secret)";
    }
  }

  /**
   * @param message what to say after the file's name
   */
  record Fault(String message, @Nullable String hint) implements Content {}

  static Content read(Path file) {
    Optional<Fault> fault = look(file);
    if (fault.isPresent()) {
      return fault.get();
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LONGEST + 1);
    } catch (IOException e) {
      return new Fault("cannot be read: " + e.getMessage(), null);
    }
    if (bytes.length > LONGEST) {
      return TOO_LONG;
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.indexOf('\0') >= 0
          ? new Fault("has a NUL character, which no variable can hold", null)
          : new Text(withoutLineEnd(text));
    } catch (CharacterCodingException e) {
      return new Fault(
          "is not UTF-8 text", "keep binary secrets in base64, or give the hook their path");
    }
  }

  private static final Fault TOO_LONG =
      new Fault("is longer than 64 KiB", "give the hook its path instead");

  /** What is wrong with it, as far as can be told without reading it. */
  static Optional<Fault> look(Path file) {
    if (!Files.exists(file)) {
      boolean link = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
      return Optional.of(new Fault(link ? "is a link to nothing" : "does not exist", null));
    }
    if (!Files.isRegularFile(file)) {
      return Optional.of(
          new Fault(Files.isDirectory(file) ? "is a directory" : "is no regular file", null));
    }
    if (!Files.isReadable(file)) {
      return Optional.of(new Fault("cannot be read: permission denied", null));
    }
    try {
      return Files.size(file) > LONGEST ? Optional.of(TOO_LONG) : Optional.empty();
    } catch (IOException e) {
      return Optional.of(new Fault("cannot be read: " + e.getMessage(), null));
    }
  }

  private static String withoutLineEnd(String text) {
    if (text.endsWith("\r\n")) {
      return text.substring(0, text.length() - 2);
    }
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
