package dev.kitchenhooks.chef;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of the upload that is the same for every node: packed once a run, when the first node
 * needs it, so that what a global pre hook puts into the kitchen is in it. Data bags are in it,
 * too: it lies in a file that has no name any more before anything is written to it, so that not
 * even SIGKILL leaves it behind. Thread-safe.
 */
final class SharedArchive implements AutoCloseable {
  private static final int CHUNK = 64 * 1024;

  private final KitchenSource source;
  private final Path directory;

  /** The mapping outlives the file; unlike a channel, an interrupted reader does not close it. */
  private final Arena arena = Arena.ofShared();

  private @Nullable Packed packed;

  /**
   * @param content a gzip member of an archive that has not ended
   * @param folders the kitchen's top-level folders in it
   * @param documents every node's
   */
  record Packed(MemorySegment content, List<String> folders, NodeDocuments documents) {
    void writeTo(OutputStream out) throws IOException {
      byte[] chunk = new byte[CHUNK];
      for (long at = 0; at < content.byteSize(); at += CHUNK) {
        int length = Math.clamp(content.byteSize() - at, 0, CHUNK);
        MemorySegment.copy(content, ValueLayout.JAVA_BYTE, at, chunk, 0, length);
        out.write(chunk, 0, length);
      }
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
    NodeDocuments documents = NodeDocuments.read(source);
    boolean links = source.settings().followSymlinks();
    try (FileChannel file = unnamedFile();
        OutputStream out = Channels.newOutputStream(file);
        var tar = new TarWriter(out)) {
      for (KitchenFiles.Entry entry : KitchenFiles.list(source.directory(), links)) {
        if (entry.directory()) {
          tar.directory(entry.name());
        } else {
          tar.file(entry.name(), entry.mode(), entry.file());
        }
      }
      tar.directory("nodes");
      for (NodeDocument node : documents.sound()) {
        tar.bytes(NodeArchive.nodeFile(node.facts().fqdn()), 0600, NodeJson.forSearch(node));
      }
      tar.endPart();
      MemorySegment content = file.map(MapMode.READ_ONLY, 0, file.size(), arena);
      return new Packed(content, KitchenFiles.folders(source.directory(), links), documents);
    }
  }

  private FileChannel unnamedFile() throws IOException {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Path file = Files.createTempFile(directory, "kitchen", ".tar.gz", ownerOnly);
    try {
      return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } finally {
      Files.delete(file);
    }
  }

  /** Called when no deploy is in flight any more. */
  @Override
  public synchronized void close() {
    packed = null;
    arena.close();
  }
}
