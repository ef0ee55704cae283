package dev.kitchenhooks.chef;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of the upload that is the same for every node: packed once a run, when the first node
 * needs it, into a file that only the caller may read (data bags are in it). Thread-safe.
 */
final class SharedArchive implements AutoCloseable {
  private final KitchenSource source;
  private final Path directory;
  private @Nullable Packed packed;

  /**
   * @param file a gzip member of an archive that has not ended
   * @param folders the kitchen's top-level folders in it
   * @param documents every node's, by FQDN
   */
  record Packed(Path file, List<String> folders, Map<String, NodeDocument> documents) {
    void writeTo(OutputStream out) throws IOException {
      Files.copy(file, out);
    }
  }

  /**
   * @param directory for the file
   */
  SharedArchive(KitchenSource source, Path directory) {
    this.source = source;
    this.directory = directory;
  }

  /**
   * Packs at the first call.
   *
   * @throws IOException if the kitchen cannot be read or the file not be written; the next call
   *     tries again
   */
  synchronized Packed packed() throws IOException {
    Packed known = packed;
    if (known == null) {
      known = pack();
      packed = known;
    }
    return known;
  }

  private Packed pack() throws IOException {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Path file = Files.createTempFile(directory, "kitchen", ".tar.gz", ownerOnly);
    boolean links = source.settings().followSymlinks();
    Map<String, NodeDocument> documents = new HashMap<>();
    try (OutputStream out = Files.newOutputStream(file);
        var tar = new TarWriter(out)) {
      for (KitchenFiles.Entry entry : KitchenFiles.list(source.directory(), links)) {
        if (entry.directory()) {
          tar.directory(entry.name());
        } else {
          tar.file(entry.name(), entry.mode(), entry.file());
        }
      }
      tar.directory("nodes");
      for (NodeDocument node : source.nodes().get()) {
        documents.put(node.facts().fqdn(), node);
        tar.bytes(NodeArchive.nodeFile(node.facts().fqdn()), 0600, NodeJson.forSearch(node));
      }
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
    return new Packed(file, KitchenFiles.folders(source.directory(), links), documents);
  }

  @Override
  public synchronized void close() throws IOException {
    if (packed != null) {
      Files.deleteIfExists(packed.file());
      packed = null;
    }
  }
}
