package dev.kitchenhooks.secret;

import dev.kitchenhooks.process.TerminalText;
import dev.kitchenhooks.secret.Form.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * All the ways in which programs write a secret: as it is, line by line, in base64 wherever it
 * begins, in hexadecimal, percent-encoded, in JSON, HTML and XML, and quoted for a shell, as {@code
 * set -x} does.
 */
final class Forms {
  /** What is shorter has encodings that stand in any text. */
  private static final int SHORTEST_ENCODED = 4;

  /** What RFC 3986 leaves alone. */
  private static final String UNRESERVED = "-._~";

  private final Map<String, Form> found = new LinkedHashMap<>();

  /** Adds all forms of a secret; an empty or blank one has none. */
  void add(String secret) {
    if (secret.isBlank()) {
      return;
    }
    List<String> lines = secret.lines().filter(line -> !line.isBlank()).toList();
    if (lines.size() == 1) {
      addLine(secret);
    } else if (secret.length() >= SHORTEST_ENCODED) {
      addEncoded(secret);
    }
    for (String line : lines) {
      String stripped = line.strip();
      if (lines.size() == 1 || stripped.length() >= SHORTEST_ENCODED) {
        addLine(stripped);
      }
    }
  }

  Collection<Form> all() {
    return found.values();
  }

  private void addLine(String line) {
    addText(line);
    if (line.length() >= SHORTEST_ENCODED) {
      addEncoded(line);
    }
  }

  private void addEncoded(String value) {
    percentEncoded(value).forEach(this::addText);
    json(value).forEach(this::addText);
    shell(value).forEach(this::addText);
    markup(value).forEach(this::addText);
    String hex = HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8));
    addText(hex);
    addText(hex.toUpperCase(Locale.ROOT));
    addBase64(value.getBytes(StandardCharsets.UTF_8), Base64.getEncoder());
    addBase64(value.getBytes(StandardCharsets.UTF_8), Base64.getUrlEncoder());
  }

  /** As it arrives: without what could drive a terminal. */
  private void addText(String text) {
    String clean = TerminalText.clean(text);
    if (!clean.isEmpty() && clean.indexOf('\n') < 0 && clean.indexOf('\r') < 0) {
      found.putIfAbsent(clean, new Form(clean, Kind.TEXT));
    }
  }

  /**
   * The characters of base64 that the secret alone decides, for each number of bytes that can stand
   * before it in its group of three.
   */
  private void addBase64(byte[] secret, Base64.Encoder encoder) {
    for (int before = 0; before < 3; before++) {
      var bytes = new byte[before + secret.length];
      System.arraycopy(secret, 0, bytes, before, secret.length);
      String all = encoder.encodeToString(bytes);
      int from = before == 0 ? 0 : before + 1;
      int to = bytes.length * 8 / 6;
      boolean endsAfter = bytes.length % 3 != 0;
      Kind kind =
          before == 0
              ? endsAfter ? Kind.BASE64_ENDS_AFTER : Kind.BASE64
              : endsAfter ? Kind.BASE64_WITHIN : Kind.BASE64_BEGUN_BEFORE;
      String text = all.substring(from, to);
      found.putIfAbsent(text, new Form(text, kind));
    }
  }

  /** Encoders differ in what they leave alone, in the case of the digits, and in the space. */
  private static Set<String> percentEncoded(String value) {
    var forms = new LinkedHashSet<String>();
    for (String safe : new String[] {UNRESERVED, UNRESERVED + "/", UNRESERVED + "!'()*", "-._*"}) {
      for (String space : new String[] {"%20", "+"}) {
        String form = percentEncoded(value, safe, space);
        forms.add(form);
        forms.add(lowerDigits(form));
      }
    }
    return forms;
  }

  private static String percentEncoded(String value, String safe, String space) {
    var text = new StringBuilder();
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if (c == ' ') {
        text.append(space);
      } else if (c < 0x80 && (isAlphanumeric(c) || safe.indexOf(c) >= 0)) {
        text.append(c);
      } else {
        text.append("%%%02X".formatted((int) c));
      }
    }
    return text.toString();
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  private static String lowerDigits(String encoded) {
    var text = new StringBuilder(encoded);
    for (int i = text.indexOf("%"); i >= 0; i = text.indexOf("%", i + 3)) {
      text.replace(i + 1, i + 3, text.substring(i + 1, i + 3).toLowerCase(Locale.ROOT));
    }
    return text.toString();
  }

  /** Writers differ in what they escape beyond what they must. */
  private static Set<String> json(String value) {
    var forms = new LinkedHashSet<String>();
    for (boolean ascii : new boolean[] {false, true}) {
      for (String more : new String[] {"", "/", "<>&"}) {
        forms.add(json(value, ascii, more, "\\u%04x"));
        forms.add(json(value, ascii, more, "\\u%04X"));
      }
    }
    return forms;
  }

  private static String json(String value, boolean ascii, String more, String unicode) {
    var text = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      int named = "\"\\\b\f\n\r\t".indexOf(c);
      if (named >= 0) {
        text.append('\\').append("\"\\bfnrt".charAt(named));
      } else if (c == '/' && more.equals("/")) {
        text.append("\\/");
      } else if (c < ' ' || (ascii && c >= 0x7F) || (c != '/' && more.indexOf(c) >= 0)) {
        text.append(unicode.formatted((int) c));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  /** Writers differ in which quotes they escape, and how. */
  private static Set<String> markup(String value) {
    String text = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    var forms = new LinkedHashSet<String>();
    for (String quote : new String[] {"\"", "&quot;", "&#34;", "&#x22;"}) {
      for (String apostrophe : new String[] {"'", "&apos;", "&#39;", "&#039;", "&#x27;"}) {
        forms.add(text.replace("\"", quote).replace("'", apostrophe));
      }
    }
    return forms;
  }

  /** Between single quotes, as bash and as dash write it, and with backslashes, as printf %q. */
  private static Set<String> shell(String value) {
    return new LinkedHashSet<>(
        List.of(
            value.replace("'", "'\\''"),
            value.replace("'", "'\"'\"'"),
            value.replaceAll("([^A-Za-z0-9_@%+=:,./~\\x{80}-\\x{10FFFF}-])", "\\\\$1")));
  }
}
