package dev.kitchenhooks.sync;

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

/**
 * What is sent to many nodes, in a file that has no name any more before anything is written to it,
 * so that not even SIGKILL leaves it behind. Read by any number of threads.
 */
public final class Spool {
  private static final int CHUNK = 64 * 1024;

  private final MemorySegment content;

  private Spool(MemorySegment content) {
    this.content = content;
  }

  /** Writes something. */
  public interface Content {
    /** The stream is closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * @param directory for the file
   * @param arena ends its life: the mapping outlives the file; unlike a channel, an interrupted
   *     reader does not close it
   */
  public static Spool of(Path directory, Arena arena, Content content) throws IOException {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Path file = Files.createTempFile(directory, "spool", ".tmp", ownerOnly);
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } finally {
      Files.delete(file);
    }
    try (channel;
        OutputStream out = Channels.newOutputStream(channel)) {
      content.writeTo(out);
      return new Spool(channel.map(MapMode.READ_ONLY, 0, channel.size(), arena));
    }
  }

  public long size() {
    return content.byteSize();
  }

  public void writeTo(OutputStream out) throws IOException {
    byte[] chunk = new byte[CHUNK];
    for (long at = 0; at < content.byteSize(); at += CHUNK) {
      int length = Math.clamp(content.byteSize() - at, 0, CHUNK);
      MemorySegment.copy(content, ValueLayout.JAVA_BYTE, at, chunk, 0, length);
      out.write(chunk, 0, length);
    }
  }
}
