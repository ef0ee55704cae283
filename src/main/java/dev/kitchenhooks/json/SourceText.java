package dev.kitchenhooks.json;

import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Reads the text of a file that a person wrote: whatever may be wrong with it is a problem. */
public final class SourceText {
  /** Far more than any file written by hand; keeps a wrong file from filling the memory. */
  private static final long MAX_BYTES = 16L << 20;

  private SourceText() {}

  /**
   * The text of a UTF-8 file.
   *
   * @param shown the file as shown in problems
   * @param problems receives why it cannot be read
   * @return the text, or null where it cannot be read
   */
  public static @Nullable String read(Path file, String shown, Problems problems) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      // Opening a named pipe would wait for ever.
      if (!attributes.isRegularFile()) {
        problems.add(Problem.error(shown, 0, 0, "not a regular file"));
        return null;
      }
      if (attributes.size() > MAX_BYTES) {
        problems.add(Problem.error(shown, 0, 0, "larger than " + (MAX_BYTES >> 20) + " MB"));
        return null;
      }
      return decode(Files.readAllBytes(file), shown, problems);
    } catch (NoSuchFileException e) {
      problems.add(Problem.error(shown, 0, 0, "the file does not exist"));
    } catch (AccessDeniedException e) {
      problems.add(Problem.error(shown, 0, 0, "the file cannot be read: permission denied"));
    } catch (IOException e) {
      problems.add(Problem.error(shown, 0, 0, "the file cannot be read: " + e.getMessage()));
    }
    return null;
  }

  private static @Nullable String decode(byte[] bytes, String shown, Problems problems) {
    // The quick way puts this character for what is no UTF-8; then look closer.
    String quick = new String(bytes, StandardCharsets.UTF_8);
    return quick.indexOf('\uFFFD') < 0 ? quick : decodeStrictly(bytes, shown, problems);
  }

  private static @Nullable String decodeStrictly(byte[] bytes, String shown, Problems problems) {
    var decoder = StandardCharsets.UTF_8.newDecoder();
    var in = ByteBuffer.wrap(bytes);
    var out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    out.flip();
    if (!result.isError()) {
      return out.toString();
    }
    Position at = endOf(out);
    problems.add(
        Problem.error(
            shown,
            at.line(),
            at.column(),
            "byte 0x%02x is not UTF-8".formatted(bytes[in.position()] & 0xff)));
    return null;
  }

  /** The place just after a text. */
  private static Position endOf(CharSequence text) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        line++;
        column = 1;
      } else {
        column++;
      }
    }
    return new Position(line, column);
  }
}
