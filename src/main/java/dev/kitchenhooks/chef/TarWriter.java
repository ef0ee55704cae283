package dev.kitchenhooks.chef;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes a part of a tar archive as a gzip member of its own, so that parts made apart make one
 * archive when put one after the other. The same content gives the same bytes: owner, group and
 * times are constants.
 */
final class TarWriter implements AutoCloseable {
  static final int DIRECTORY_MODE = 0755;

  /** Old enough to be no one's real time; GNU tar warns of the epoch itself. */
  private static final FileTime TIME = FileTime.from(Instant.parse("2000-01-01T00:00:00Z"));

  private final GZIPOutputStream gzip;
  private final TarArchiveOutputStream tar;

  TarWriter(OutputStream out) throws IOException {
    gzip = new GZIPOutputStream(out, 64 * 1024);
    tar = new TarArchiveOutputStream(gzip, StandardCharsets.UTF_8.name());
    // GNU's forms: busybox skips pax headers, and would cut the names.
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
  }

  void directory(String name) throws IOException {
    var entry = new TarArchiveEntry(name + "/");
    put(entry, DIRECTORY_MODE, 0);
    tar.closeArchiveEntry();
  }

  void bytes(String name, int mode, byte[] content) throws IOException {
    put(new TarArchiveEntry(name), mode, content.length);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  /**
   * @throws IOException also if the file changes its size while it is read
   */
  void file(String name, int mode, Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      put(new TarArchiveEntry(name), mode, Files.size(file));
      content.transferTo(tar);
      tar.closeArchiveEntry();
    }
  }

  private void put(TarArchiveEntry entry, int mode, long size) throws IOException {
    entry.setMode(mode);
    entry.setSize(size);
    entry.setIds(0, 0);
    entry.setLastModifiedTime(TIME);
    tar.putArchiveEntry(entry);
  }

  /** Ends the archive; without this another part may follow. */
  void endArchive() throws IOException {
    tar.finish();
  }

  /** Ends this part's gzip member, so that all of it is written. */
  void endPart() throws IOException {
    tar.flush();
    gzip.finish();
  }

  /** The same; the stream below stays open. */
  @Override
  public void close() throws IOException {
    endPart();
  }
}
