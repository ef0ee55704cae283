package dev.kitchenhooks.kitchen;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

/** Small faults in texts: bytes changed, cut out, doubled, moved. */
final class Mutants {
  private static final byte[] TELLING =
      "{}[],:\"\\'/*#;=%()-\n\r\t 09eE.\0\u001b".getBytes(java.nio.charset.StandardCharsets.UTF_8);

  private Mutants() {}

  static byte[] of(byte[] text, Random random) {
    byte[] mutant = text;
    for (int i = 1 + random.nextInt(4); i > 0 && mutant.length > 0; i--) {
      mutant = once(mutant, random);
    }
    return mutant;
  }

  private static byte[] once(byte[] text, Random random) {
    int from = random.nextInt(text.length);
    int to = Math.min(text.length, from + random.nextInt(12));
    return switch (random.nextInt(5)) {
      case 0 -> spliced(text, from, to, new byte[0]);
      case 1 -> spliced(text, from, from, Arrays.copyOfRange(text, from, to));
      case 2 -> spliced(text, from, from, one(TELLING[random.nextInt(TELLING.length)]));
      case 3 -> spliced(text, from, from + 1, one((byte) random.nextInt(256)));
      default -> Arrays.copyOf(text, from);
    };
  }

  private static byte[] one(byte b) {
    return new byte[] {b};
  }

  private static byte[] spliced(byte[] text, int from, int to, byte[] instead) {
    var out = new ByteArrayOutputStream();
    out.write(text, 0, from);
    out.writeBytes(instead);
    out.write(text, to, text.length - to);
    return out.toByteArray();
  }
}
