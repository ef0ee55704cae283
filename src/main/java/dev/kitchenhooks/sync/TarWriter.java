package dev.kitchenhooks.sync;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes a part of a tar archive, names with a character for each byte, as a gzip member of its
 * own, so that parts made apart make one archive when put one after the other. The same content
 * gives the same bytes: owner, group and times are constants.
 */
public final class TarWriter implements AutoCloseable {
  /** Old enough to be no one's real time; GNU tar warns of the epoch itself. */
  private static final FileTime TIME = FileTime.from(Instant.parse("2000-01-01T00:00:00Z"));

  private static final int BUFFER = 64 * 1024;

  private final OutputStream part;
  private final TarArchiveOutputStream tar;

  public static TarWriter compressed(OutputStream out) throws IOException {
    return new TarWriter(new QuickGzip(out));
  }

  public static TarWriter uncompressed(OutputStream out) {
    return new TarWriter(out);
  }

  /**
   * A first sync waits for it: at the usual level it takes six times as long, to make a kitchen of
   * text a tenth smaller.
   */
  private static final class QuickGzip extends GZIPOutputStream {
    QuickGzip(OutputStream out) throws IOException {
      super(out, BUFFER);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  private TarWriter(OutputStream part) {
    this.part = part;
    tar = new TarArchiveOutputStream(part, StandardCharsets.ISO_8859_1.name());
    // GNU's forms: busybox skips pax headers, and would cut the names.
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
  }

  public void directory(String name, int mode) throws IOException {
    put(entry(name + "/"), mode, 0);
    tar.closeArchiveEntry();
  }

  public void bytes(String name, int mode, byte[] content) throws IOException {
    put(entry(name), mode, content.length);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  /**
   * @throws IOException also if the file changes its size while it is read
   */
  public void file(String name, int mode, Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      put(entry(name), mode, Files.size(file));
      content.transferTo(tar);
      tar.closeArchiveEntry();
    }
  }

  /** As it is: a name that begins with a slash or holds a backslash is nothing special here. */
  private static TarArchiveEntry entry(String name) {
    return new TarArchiveEntry(name, true);
  }

  private void put(TarArchiveEntry entry, int mode, long size) throws IOException {
    entry.setMode(mode);
    entry.setSize(size);
    entry.setIds(0, 0);
    entry.setLastModifiedTime(TIME);
    tar.putArchiveEntry(entry);
  }

  /** Ends the archive; without this another part may follow. */
  public void endArchive() throws IOException {
    tar.finish();
  }

  /** Ends this part's gzip member, so that all of it is written. */
  public void endPart() throws IOException {
    tar.flush();
    if (part instanceof GZIPOutputStream gzip) {
      gzip.finish();
    }
  }

  /** The same; the stream below stays open. */
  @Override
  public void close() throws IOException {
    endPart();
  }
}
