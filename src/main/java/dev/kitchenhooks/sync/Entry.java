package dev.kitchenhooks.sync;

/** What a tree has under a name; links and everything else are never part of one. */
public sealed interface Entry {
  /** Below the tree's top, without a slash at its ends; a character for each byte of it. */
  String name();

  /** Permissions, as {@code chmod} takes them. */
  int mode();

  record Directory(String name, int mode) implements Entry {}

  record RegularFile(String name, int mode, FileHash hash) implements Entry {}
}
