package dev.kitchenhooks.chef;

import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.sync.FileTree;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whether all that every node gets can be read: asked before anything of a run starts, as no node
 * should be drained for a deploy that cannot be.
 */
final class UploadCheck {
  private UploadCheck() {}

  /**
   * What every node gets, as it is now.
   *
   * @throws FixException with everything that cannot be read
   */
  static List<FileTree.Found> requireReadable(KitchenSource source) {
    Optional<Path> secret = source.settings().encryptedDataBagSecret();
    if (secret.isPresent()
        && !(Files.isRegularFile(secret.get()) && Files.isReadable(secret.get()))) {
      String fault = Files.exists(secret.get()) ? " cannot be read" : " does not exist";
      throw FixException.invalid(
          "[userinfo] encrypted_data_bag_secret: " + secret.get() + fault,
          "correct the path, or leave the key out");
    }
    List<FileTree.Found> files;
    try {
      files =
          FileTree.list(
              source.directory(), KitchenTree.roots(source), source.settings().followSymlinks());
    } catch (IOException e) {
      throw FixException.invalid("the kitchen cannot be uploaded: " + reason(e), (String) null)
          .causedBy(e);
    }
    List<Problem> unreadable =
        files.parallelStream()
            .filter(entry -> !entry.directory() && !Files.isReadable(entry.file()))
            .map(entry -> Problem.error(entry.name(), 0, 0, "the file cannot be read"))
            .toList();
    if (!unreadable.isEmpty()) {
      throw FixException.invalid("the kitchen cannot be uploaded", unreadable);
    }
    return files;
  }

  /** In one line, why something could not be packed. */
  static String reason(Exception e) {
    return switch (e) {
      case FixException invalid when !invalid.problems().isEmpty() ->
          invalid.problems().getFirst().format();
      case NoSuchFileException missing -> missing.getFile() + " does not exist";
      case FileSystemException file -> {
        String why = file.getReason();
        yield "%s cannot be read: %s"
            .formatted(file.getFile(), why == null ? file.getClass().getSimpleName() : why);
      }
      case IOException io -> String.valueOf(io.getMessage());
      default -> e.toString();
    };
  }
}
