package dev.kitchenhooks.sync;

/** The sum of POSIX {@code cksum}; the polynomial is that of zip files, its bit order is not. */
final class PosixCrc {
  private static final int POLYNOMIAL = 0x04C11DB7;
  private static final int SLICES = 8;

  /** {@code TABLES[n][b]}: what a byte does to the sum that stands n bytes before the end. */
  private static final int[][] TABLES = new int[SLICES][256];

  static {
    for (int b = 0; b < 256; b++) {
      int sum = b << 24;
      for (int bit = 0; bit < 8; bit++) {
        sum = sum < 0 ? (sum << 1) ^ POLYNOMIAL : sum << 1;
      }
      TABLES[0][b] = sum;
    }
    for (int slice = 1; slice < SLICES; slice++) {
      for (int b = 0; b < 256; b++) {
        int before = TABLES[slice - 1][b];
        TABLES[slice][b] = (before << 8) ^ TABLES[0][before >>> 24];
      }
    }
  }

  private int sum;
  private long length;

  void update(byte[] bytes, int count) {
    length += count;
    int i = 0;
    // Eight at a time: a kitchen is hashed while the first node waits for it.
    for (; i + SLICES <= count; i += SLICES) {
      int first =
          sum
              ^ ((bytes[i] & 0xFF) << 24
                  | (bytes[i + 1] & 0xFF) << 16
                  | (bytes[i + 2] & 0xFF) << 8
                  | (bytes[i + 3] & 0xFF));
      sum =
          TABLES[7][first >>> 24]
              ^ TABLES[6][(first >>> 16) & 0xFF]
              ^ TABLES[5][(first >>> 8) & 0xFF]
              ^ TABLES[4][first & 0xFF]
              ^ TABLES[3][bytes[i + 4] & 0xFF]
              ^ TABLES[2][bytes[i + 5] & 0xFF]
              ^ TABLES[1][bytes[i + 6] & 0xFF]
              ^ TABLES[0][bytes[i + 7] & 0xFF];
    }
    for (; i < count; i++) {
      sum = next(sum, bytes[i] & 0xFF);
    }
  }

  /** The length is part of the sum, its lowest byte first. */
  long value() {
    int all = sum;
    for (long rest = length; rest != 0; rest >>>= 8) {
      all = next(all, (int) (rest & 0xFF));
    }
    return ~all & 0xFFFFFFFFL;
  }

  private static int next(int sum, int b) {
    return (sum << 8) ^ TABLES[0][(sum >>> 24) ^ b];
  }
}
