package dev.kitchenhooks.sync;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The files of this machine that make a tree. */
public final class FileTree {
  private static final Set<String> VERSION_CONTROL = Set.of(".git", ".hg", ".bzr", ".svn");

  /** What a directory lets its owner do in any case: it has to be written to. */
  private static final int OWNER_ALL = 0700;

  private static final int KIND = 0170000;
  private static final int DIRECTORY = 0040000;
  private static final int REGULAR = 0100000;
  private static final LinkOption[] FOLLOW = {};
  private static final LinkOption[] NO_FOLLOW = {LinkOption.NOFOLLOW_LINKS};

  /**
   * A folder of the tree.
   *
   * @param name of the folder in the tree
   * @param directory what it is made of, absolute
   */
  public record Root(String name, Path directory) {}

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

  private final LinkOption[] links;
  private final IgnoreRules ignores = new IgnoreRules();
  private final List<Found> found = new ArrayList<>();
  private final Deque<Path> above = new ArrayDeque<>();

  private FileTree(boolean followLinks) {
    this.links = followLinks ? FOLLOW : NO_FOLLOW;
  }

  /**
   * All directories and regular files of some folders, sorted by name; without directories of
   * version control, and without what ignore files leave out.
   *
   * @param top its ignore files count too
   * @param roots those that do not exist are left out
   * @param followLinks whether symbolic links stand for what they lead to; else they are left out
   * @throws IOException if something cannot be read, or followed links form a loop
   * @throws dev.kitchenhooks.problem.FixException if an ignore file is broken
   */
  public static List<Found> list(Path top, List<Root> roots, boolean followLinks)
      throws IOException {
    var tree = new FileTree(followLinks);
    tree.ignores.read(top, "");
    for (Root root : roots) {
      tree.add(root.directory(), root.name());
    }
    tree.found.sort(Comparator.comparing(Found::name));
    return tree.found;
  }

  /** Whether there is such a folder, as {@link #list} sees it. */
  public static boolean exists(Root root, boolean followLinks) {
    return Files.isDirectory(root.directory(), followLinks ? FOLLOW : NO_FOLLOW);
  }

  private void add(Path file, String name) throws IOException {
    Map<String, Object> attributes;
    try {
      attributes = Files.readAttributes(file, "unix:mode,size,lastModifiedTime,ctime,ino", links);
    } catch (NoSuchFileException e) {
      // Gone meanwhile, or a link that leads nowhere.
      return;
    }
    int mode = got(attributes, "mode", Integer.class);
    boolean directory = (mode & KIND) == DIRECTORY;
    if ((!directory && (mode & KIND) != REGULAR) || ignores.ignore(name, directory)) {
      return;
    }
    int permissions = mode & 0777;
    found.add(
        new Found(
            name,
            file,
            directory,
            directory ? permissions | OWNER_ALL : permissions,
            Stat.of(attributes)));
    if (directory) {
      ignores.read(file, name);
      enter(file, name);
    }
  }

  private void enter(Path directory, String name) throws IOException {
    refuseLoop(directory);
    above.push(directory);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String last = Names.last(file);
        if (!VERSION_CONTROL.contains(last)) {
          add(file, name + "/" + last);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    above.pop();
  }

  private void refuseLoop(Path directory) throws IOException {
    if (links.length == 0) {
      for (Path upper : above) {
        if (Files.isSameFile(upper, directory)) {
          throw new FileSystemLoopException(directory.toString());
        }
      }
    }
  }

  private static <T> T got(Map<String, Object> attributes, String key, Class<T> type) {
    return type.cast(Objects.requireNonNull(attributes.get(key), key));
  }
}
