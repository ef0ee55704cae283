package dev.kitchenhooks.plugin;

import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.process.StopRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Two locks of the operating system on what is fetched for a kitchen's plugins; they die with their
 * process. One is for whoever fetches, one at a time. The other is shared by all runs, so that
 * nothing is removed that one of them uses.
 */
final class PluginFiles implements AutoCloseable {
  private static final int MAX_HOLDER_BYTES = 1_000;

  private final FileChannel channel;

  private PluginFiles(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Becomes the one who fetches.
   *
   * @param plugins the directory of what is fetched
   * @param limit how long to wait for another
   * @param stop ends the wait
   * @param say is told that there is another
   * @throws FixException with {@link ExitCode#LOCKED} if another has not ended by then
   */
  static PluginFiles toChange(
      Path plugins, Duration limit, StopRequest stop, Consumer<String> say) {
    try {
      FileChannel channel = open(plugins.resolve(".lock"));
      if (!lock(channel, limit, stop, say)) {
        String holder = closed(channel) ? "" : read(channel);
        channel.close();
        if (stop.level() != StopRequest.Level.NONE) {
          throw new FixException(
              ExitCode.INTERRUPTED, "interrupted while another fetched plugins", null);
        }
        throw new FixException(
            ExitCode.LOCKED,
            "plugins of this kitchen are being fetched" + holder,
            "wait for it to end");
      }
      channel.truncate(0);
      String holder = " by process " + ProcessHandle.current().pid();
      channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
      return new PluginFiles(channel);
    } catch (IOException e) {
      throw unwritable(plugins, e);
    }
  }

  /** Keeps all that is there from being removed until closed. */
  static PluginFiles toUse(Path plugins) {
    try {
      FileChannel channel = open(plugins.resolve(".in-use"));
      try {
        FileLock lock = channel.lock(0, Long.MAX_VALUE, true);
        assert lock.isValid();
      } catch (OverlappingFileLockException e) {
        // Another run of this very process holds it for both of them.
        return new PluginFiles(channel);
      }
      return new PluginFiles(channel);
    } catch (IOException e) {
      throw unwritable(plugins, e);
    }
  }

  /** Keeps runs from starting to use what is there until closed; null where some do. */
  static @Nullable PluginFiles toRemove(Path plugins) throws IOException {
    FileChannel channel = open(plugins.resolve(".in-use"));
    if (tryLock(channel)) {
      return new PluginFiles(channel);
    }
    channel.close();
    return null;
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static boolean lock(
      FileChannel channel, Duration limit, StopRequest stop, Consumer<String> say)
      throws IOException {
    if (tryLock(channel)) {
      return true;
    }
    if (limit.isZero()) {
      return false;
    }
    say.accept("waiting: plugins of this kitchen are being fetched" + read(channel));
    // Nothing but closing the file ends the wait for a lock.
    var over =
        new CompletableFuture<Void>()
            .completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS);
    var _ = over.thenRun(() -> close(channel));
    try (var _ = stop.onRequest(_ -> over.complete(null))) {
      FileLock lock = channel.lock();
      return lock.isValid() && over.cancel(false);
    } catch (ClosedChannelException | OverlappingFileLockException e) {
      return false;
    }
  }

  private static boolean closed(FileChannel channel) {
    return !channel.isOpen();
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(MAX_HOLDER_BYTES);
    channel.read(text, 0);
    return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8);
  }

  private static FixException unwritable(Path plugins, IOException e) {
    return FixException.invalid(
            "cannot write %s: %s".formatted(plugins, e.getMessage()),
            "fix keeps there what it fetches for plugins")
        .causedBy(e);
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    close(channel);
  }
}
