package dev.kitchenhooks.sync;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The files of this machine that make a tree. */
public final class FileTree {
  private static final Set<String> VERSION_CONTROL = Set.of(".git", ".hg", ".bzr", ".svn");

  /** What a directory lets its owner do in any case: it has to be written to. */
  private static final int OWNER_ALL = 0700;

  /**
   * @param name below the tree's top, a character for each byte
   * @param file where it is read
   */
  public record Found(String name, Path file, boolean directory, int mode, Stat stat) {}

  /**
   * By what a changed file is told from one that is as it was.
   *
   * @param modified in nanoseconds since 1970
   * @param changed the same
   */
  public record Stat(long size, long modified, long changed, long inode) {
    static long nanos(Instant time) {
      return time.getEpochSecond() * 1_000_000_000L + time.getNano();
    }

    private static Stat of(Map<String, Object> attributes) {
      return new Stat(
          got(attributes, "size", Long.class),
          nanos(got(attributes, "lastModifiedTime", FileTime.class).toInstant()),
          nanos(got(attributes, "ctime", FileTime.class).toInstant()),
          got(attributes, "ino", Long.class));
    }
  }

  private static <T> T got(Map<String, Object> attributes, String key, Class<T> type) {
    return type.cast(Objects.requireNonNull(attributes.get(key), key));
  }

  private final Path top;
  private final boolean followLinks;
  private final IgnoreRules ignores = new IgnoreRules();
  private final List<Found> found = new ArrayList<>();

  private FileTree(Path top, boolean followLinks) {
    this.top = top;
    this.followLinks = followLinks;
  }

  /**
   * All directories and regular files below some folders, sorted by name; without directories of
   * version control, and without what ignore files leave out.
   *
   * @param top absolute; names are relative to it
   * @param folders those directly below it that are looked into; an empty name is the top itself
   * @param followLinks whether symbolic links stand for what they lead to; else they are left out
   * @throws IOException if something cannot be read, or followed links form a loop
   * @throws dev.kitchenhooks.problem.FixException if an ignore file is broken
   */
  public static List<Found> list(Path top, List<String> folders, boolean followLinks)
      throws IOException {
    var tree = new FileTree(top, followLinks);
    tree.ignores.read(top, "");
    for (String folder : folders) {
      tree.walk(top.resolve(folder));
    }
    tree.found.sort(Comparator.comparing(Found::name));
    return tree.found;
  }

  /** Whether there is such a folder, as {@link #list} sees it. */
  public static boolean has(Path top, String folder, boolean followLinks) {
    LinkOption[] options =
        followLinks ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
    return Files.isDirectory(top.resolve(folder), options);
  }

  private void walk(Path folder) throws IOException {
    Set<FileVisitOption> options =
        followLinks
            ? EnumSet.of(FileVisitOption.FOLLOW_LINKS)
            : EnumSet.noneOf(FileVisitOption.class);
    Files.walkFileTree(folder, options, Integer.MAX_VALUE, new Visitor());
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      String name = Names.below(top, directory);
      if (name.isEmpty()) {
        return FileVisitResult.CONTINUE;
      }
      if (isVersionControl(directory) || ignores.ignore(name, true)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      Map<String, Object> stat = attributes(directory);
      found.add(new Found(name, directory, true, mode(stat) | OWNER_ALL, Stat.of(stat)));
      ignores.read(directory, name);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.isRegularFile() && !isVersionControl(file)) {
        String name = Names.below(top, file);
        if (!ignores.ignore(name, false)) {
          Map<String, Object> stat = attributes(file);
          found.add(new Found(name, file, false, mode(stat), Stat.of(stat)));
        }
      }
      return FileVisitResult.CONTINUE;
    }

    private static boolean isVersionControl(Path file) {
      return VERSION_CONTROL.contains(file.getFileName().toString());
    }

    /** Of what links lead to, if they got here at all. */
    private static Map<String, Object> attributes(Path file) throws IOException {
      return Files.readAttributes(file, "unix:mode,size,lastModifiedTime,ctime,ino");
    }

    private static int mode(Map<String, Object> attributes) {
      return got(attributes, "mode", Integer.class) & 0777;
    }
  }
}
