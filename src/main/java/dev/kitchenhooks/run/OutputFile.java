package dev.kitchenhooks.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a hook has written to {@code FIX_OUTPUT}. No message shows any of it: it may be a secret.
 *
 * @param values by key; empty where there is a problem
 * @param problem why none are taken, for people; empty where all is well
 */
record OutputFile(SortedMap<String, String> values, String problem) {
  static final int MAX_BYTES = 64 * 1024;

  private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  static final OutputFile EMPTY = new OutputFile(Collections.emptySortedMap(), "");

  private static OutputFile bad(String problem) {
    return new OutputFile(Collections.emptySortedMap(), problem);
  }

  /** Reads it; a file that is gone holds nothing. */
  static OutputFile read(Path file) {
    byte[] bytes;
    try {
      // What the hook has put in its place may be a pipe, which would be read for ever.
      if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isRegularFile()) {
        return bad("its FIX_OUTPUT is not a regular file any more");
      }
      try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
        bytes = in.readNBytes(MAX_BYTES + 1);
      }
    } catch (NoSuchFileException e) {
      return EMPTY;
    } catch (IOException e) {
      return bad("its FIX_OUTPUT cannot be read: " + e);
    }
    return bytes.length > MAX_BYTES
        ? bad("its FIX_OUTPUT is longer than the %d KiB that are taken".formatted(MAX_BYTES / 1024))
        : parse(bytes);
  }

  private static OutputFile parse(byte[] bytes) {
    var values = new TreeMap<String, String>();
    int number = 0;
    for (int from = 0; from < bytes.length; ) {
      number++;
      int end = from;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      String problem = line(ByteBuffer.wrap(bytes, from, end - from), values);
      if (!problem.isEmpty()) {
        return bad(String.format(Locale.ROOT, "line %d of its FIX_OUTPUT %s", number, problem));
      }
      from = end + 1;
    }
    return new OutputFile(Collections.unmodifiableSortedMap(values), "");
  }

  /** Takes one line and returns what is wrong with it, or nothing. */
  private static String line(ByteBuffer bytes, SortedMap<String, String> values) {
    String line;
    try {
      line = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      return "is not UTF-8";
    }
    if (line.indexOf('\0') >= 0) {
      return "has a NUL in it";
    }
    line = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    if (line.isEmpty()) {
      return "";
    }
    int equals = line.indexOf('=');
    if (equals < 0) {
      return "is not key=value";
    }
    String key = line.substring(0, equals);
    if (!KEY.matcher(key).matches()) {
      return "has a bad key: it may have letters of ASCII, digits and _, and begins with no digit";
    }
    values.put(key, line.substring(equals + 1));
    return "";
  }
}
