package dev.kitchenhooks.sync;

import java.util.Locale;

/** The programs with which a node can tell what a file holds. */
public enum Hashing {
  SHA256 {
    @Override
    String of(FileHash hash) {
      return hash.sha256();
    }
  },
  CKSUM {
    @Override
    String of(FileHash hash) {
      return hash.crc() + ":" + hash.size();
    }
  };

  /** A file's content in this program's words, which hold no space. */
  abstract String of(FileHash hash);

  /** The same of a text. */
  public String digest(byte[] text) {
    return of(FileHash.of(text));
  }

  /** How scripts call it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
