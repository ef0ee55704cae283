package dev.kitchenhooks.hook;

import dev.kitchenhooks.json.SourceText;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds and reads the files below {@code hook-defs/}. Links are followed. */
final class DefinitionFiles {
  private static final Set<String> READ = Set.of("json", "jsonc");

  /** What people also take for definitions: a hook that silently never runs is the worst kind. */
  private static final Set<String> LOOK_ALIKES =
      Set.of("json", "jsonc", "json5", "yaml", "yml", "toml");

  private final Path kitchenDir;
  private final Problems problems;

  DefinitionFiles(Path kitchenDir, Problems problems) {
    this.kitchenDir = kitchenDir;
    this.problems = problems;
  }

  /** Every definition file, sorted by path; hidden files and directories are left out. */
  List<Path> find(Path dir) {
    var files = new ArrayList<Path>();
    if (!Files.isDirectory(dir)) {
      return files;
    }
    try {
      Files.walkFileTree(
          dir, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new Finder(dir, files));
    } catch (IOException e) {
      unreadable(dir, e);
    }
    files.sort(null);
    return files;
  }

  /** A file's text, or empty where it cannot be read. */
  Optional<String> read(Path file) {
    return Optional.ofNullable(SourceText.read(file, shown(file), problems));
  }

  /** The path as shown to people: relative to the kitchen. */
  String shown(Path file) {
    return kitchenDir.relativize(file).toString();
  }

  private void unreadable(Path file, IOException e) {
    String why =
        switch (e) {
          case NoSuchFileException _ -> "it is a link to nothing";
          case FileSystemLoopException _ -> "it is a link to a directory that it lies in";
          default -> String.valueOf(e.getMessage());
        };
    problems.add(Problem.error(shown(file), 0, 0, "cannot be read: " + why));
  }

  private final class Finder extends SimpleFileVisitor<Path> {
    private final Path top;
    private final List<Path> files;

    Finder(Path top, List<Path> files) {
      this.top = top;
      this.files = files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
      return !dir.equals(top) && isHidden(dir)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = String.valueOf(file.getFileName());
      String extension = name.substring(name.lastIndexOf('.') + 1);
      if (isHidden(file)) {
        return FileVisitResult.CONTINUE;
      }
      if (attributes.isSymbolicLink()) {
        // All others are followed.
        unreadable(file, new NoSuchFileException(file.toString()));
      } else if (READ.contains(extension)) {
        files.add(file);
      } else if (LOOK_ALIKES.contains(extension.toLowerCase(Locale.ROOT))) {
        problems.add(
            Problem.warning(shown(file), 0, 0, "not read: definitions are .json or .jsonc files"));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      unreadable(file, e);
      return FileVisitResult.CONTINUE;
    }

    private static boolean isHidden(Path path) {
      return String.valueOf(path.getFileName()).startsWith(".");
    }
  }
}
