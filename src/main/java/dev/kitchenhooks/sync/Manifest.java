package dev.kitchenhooks.sync;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that a tree holds, as a text that is the same on both sides: a line {@code KIND MODE HASH
 * NAME} for each entry, sorted by their bytes. {@code tree.sh} writes the same.
 */
public final class Manifest {
  private final Collection<Entry> entries;

  private Manifest(Collection<Entry> entries) {
    this.entries = entries;
  }

  public static Manifest of(Collection<Entry> entries) {
    var sorted = new TreeMap<String, Entry>();
    entries.forEach(entry -> sorted.put(entry.name(), entry));
    return new Manifest(sorted.values());
  }

  /** Sorted by name; a directory stands before what is in it. */
  public Collection<Entry> entries() {
    return entries;
  }

  public Manifest plus(Manifest other) {
    return of(Stream.concat(entries.stream(), other.entries.stream()).toList());
  }

  /** What of it has such names. */
  public Manifest only(Predicate<String> names) {
    return of(entries.stream().filter(entry -> names.test(entry.name())).toList());
  }

  /** What each entry is, by its name. */
  public Map<String, String> stamps(Hashing hashing) {
    return entries.stream().collect(Collectors.toMap(Entry::name, entry -> stamp(entry, hashing)));
  }

  public byte[] text(Hashing hashing) {
    return entries.stream()
        .map(entry -> stamp(entry, hashing) + " " + Names.escaped(entry.name()) + "\n")
        .sorted()
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The modes that occur, as {@code find -perm} takes them: it asks for one after the other. */
  public SortedSet<String> modes() {
    return entries.stream()
        .map(entry -> Integer.toOctalString(entry.mode()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String stamp(Entry entry, Hashing hashing) {
    return switch (entry) {
      case Entry.Directory directory -> "d %o -".formatted(directory.mode());
      case Entry.RegularFile file -> "f %o %s".formatted(file.mode(), hashing.of(file.hash()));
    };
  }

  /**
   * The stamps of a text, by name: what another side has, who knows what.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Map<String, String> stamps(byte[] text) {
    var stamps = new TreeMap<String, String>();
    new String(text, StandardCharsets.ISO_8859_1)
        .lines()
        .forEach(line -> {
          String[] words = line.split(" ", 4);
          if (words.length != 4) {
            throw new IllegalArgumentException("no line of a manifest: " + line);
          }
          stamps.put(Names.unescaped(words[3]), String.join(" ", words[0], words[1], words[2]));
        });
    return stamps;
  }
}
