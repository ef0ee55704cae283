package dev.kitchenhooks.chef;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which files of a kitchen a node gets. */
final class KitchenFiles {
  /** Never {@code hooks}, {@code hook-defs} or {@code .fix}: they are this machine's own. */
  static final List<String> FOLDERS =
      List.of("cookbooks", "site-cookbooks", "roles", "environments", "data_bags");

  private static final Set<String> VERSION_CONTROL = Set.of(".git", ".hg", ".bzr", ".svn");

  /**
   * @param name relative to the kitchen
   * @param file where it is read
   * @param mode its permissions, or {@link TarWriter#DIRECTORY_MODE}
   */
  record Entry(String name, Path file, boolean directory, int mode) {}

  private KitchenFiles() {}

  /** Of {@link #FOLDERS} those that a kitchen has. */
  static List<String> folders(Path kitchen, boolean followLinks) {
    LinkOption[] options =
        followLinks ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
    return FOLDERS.stream().filter(f -> Files.isDirectory(kitchen.resolve(f), options)).toList();
  }

  /**
   * All directories and regular files below the folders, sorted by name; a directory stands before
   * what is in it.
   *
   * @param followLinks whether symbolic links stand for what they lead to; else they are left out
   * @throws IOException if something cannot be read, or followed links form a loop
   */
  static List<Entry> list(Path kitchen, boolean followLinks) throws IOException {
    Set<FileVisitOption> options =
        followLinks
            ? EnumSet.of(FileVisitOption.FOLLOW_LINKS)
            : EnumSet.noneOf(FileVisitOption.class);
    var visitor = new Visitor(kitchen);
    for (String folder : folders(kitchen, followLinks)) {
      Files.walkFileTree(kitchen.resolve(folder), options, Integer.MAX_VALUE, visitor);
    }
    visitor.entries.sort(Comparator.comparing(Entry::name));
    return visitor.entries;
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {
    private final Path kitchen;
    private final List<Entry> entries = new ArrayList<>();

    Visitor(Path kitchen) {
      this.kitchen = kitchen;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      if (VERSION_CONTROL.contains(directory.getFileName().toString())) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      entries.add(new Entry(name(directory), directory, true, TarWriter.DIRECTORY_MODE));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      boolean versionControl = VERSION_CONTROL.contains(file.getFileName().toString());
      if (attributes.isRegularFile() && !versionControl) {
        entries.add(new Entry(name(file), file, false, mode(file)));
      }
      return FileVisitResult.CONTINUE;
    }

    private String name(Path file) {
      return kitchen.relativize(file).toString();
    }

    private static int mode(Path file) throws IOException {
      return (int) Files.getAttribute(file, "unix:mode") & 0777;
    }
  }
}
