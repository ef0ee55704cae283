package dev.kitchenhooks.chef;

import dev.kitchenhooks.sync.FileTree;
import dev.kitchenhooks.sync.Spool;
import dev.kitchenhooks.sync.TarWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What nodes are given for the run alone: the secret, and data bags that are not to stay there. An
 * uncompressed archive; of no length where there is nothing of the kind.
 */
record ForTheRun(KitchenSource source) implements Spool.Content {
  /** The encrypted data bag secret's name there. */
  static final String SECRET = "encrypted_data_bag_secret";

  @Override
  public void writeTo(OutputStream out) throws IOException {
    Optional<Path> secret = source.settings().encryptedDataBagSecret();
    boolean links = source.settings().followSymlinks();
    FileTree.Root root = KitchenTree.root(source, KitchenTree.DATA_BAGS);
    boolean bags = source.settings().removeDataBags() && FileTree.exists(root, links);
    if (secret.isEmpty() && !bags) {
      return;
    }
    try (var tar = TarWriter.uncompressed(out)) {
      if (secret.isPresent()) {
        tar.bytes(SECRET, OwnFiles.MODE, Files.readAllBytes(secret.get()));
      }
      if (bags) {
        for (FileTree.Found found : FileTree.list(source.directory(), List.of(root), links)) {
          if (found.directory()) {
            tar.directory(found.name(), found.mode());
          } else {
            tar.file(found.name(), found.mode(), found.file());
          }
        }
      }
      tar.endArchive();
    }
  }
}
