package dev.kitchenhooks.container;

import dev.kitchenhooks.run.HookLaunch.CallFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The directory of one call, made ready to be a container's {@code /fix}: whoever the hook is in
 * there can read and write its files. On this machine nobody else can, for the run's directory
 * above it is closed.
 */
final class CallDirectory implements AutoCloseable {
  private final CallFiles files;
  private final Path environment;
  private final Path nodes;
  private final Path composeFile;
  private byte[] sent = new byte[0];

  private CallDirectory(CallFiles files) {
    this.files = files;
    this.environment = files.directory().resolveSibling(files.directory().getFileName() + ".env");
    this.nodes = files.directory().resolve(Inside.NODES);
    this.composeFile = files.directory().resolve(Inside.COMPOSE_FILE);
  }

  static CallDirectory open(CallFiles files, Map<String, String> variables) throws IOException {
    var directory = new CallDirectory(files);
    try {
      allow(files.directory(), "rwxr-xr-x");
      allow(files.context(), "rw-r--r--");
      allow(files.output(), "rw-rw-rw-");
      Files.copy(files.nodes(), directory.nodes, StandardCopyOption.REPLACE_EXISTING);
      allow(directory.nodes, "rw-r--r--");
      if (files.composeFile().isPresent()) {
        directory.sent = Files.readAllBytes(files.composeFile().get());
        Files.write(directory.composeFile, directory.sent);
        allow(directory.composeFile, "rw-rw-rw-");
      }
      directory.write(variables);
      return directory;
    } catch (IOException e) {
      directory.close();
      throw e;
    }
  }

  /** A file of {@code NAME=value} lines, mode 0600, outside of what the container sees. */
  Path environment() {
    return environment;
  }

  /** It holds secrets: away with it as soon as the engine has read it. */
  void forgetEnvironment() throws IOException {
    Files.deleteIfExists(environment);
  }

  /**
   * What the hook has made of the compose file is what is deployed. A link is not followed: here it
   * would lead elsewhere than in the container.
   *
   * @throws IOException if it cannot be read
   */
  void takeBackComposeFile() throws IOException {
    if (files.composeFile().isPresent()) {
      Path copy = files.composeFile().get();
      try (InputStream in = Files.newInputStream(composeFile, LinkOption.NOFOLLOW_LINKS)) {
        byte[] now = in.readAllBytes();
        // Others that run at the same time may have changed it.
        if (!Arrays.equals(now, sent)) {
          Files.write(copy, now);
        }
      }
    }
  }

  private void write(Map<String, String> variables) throws IOException {
    Files.deleteIfExists(environment);
    Files.createFile(
        environment,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        environment,
        variables.entrySet().stream()
            .map(v -> v.getKey() + "=" + v.getValue() + "\n")
            .collect(Collectors.joining()),
        StandardCharsets.UTF_8);
  }

  private static void allow(Path file, String permissions) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  /**
   * Takes away what was brought here and what the hook left, but for its output. What belongs to
   * another user and cannot be removed is left to the trimming of old runs.
   */
  @Override
  public void close() {
    Set<Path> ours = Set.of(files.directory(), files.context(), files.output());
    try (Stream<Path> walk = Files.walk(files.directory())) {
      Stream<Path> others = walk.filter(f -> !ours.contains(f)).sorted(Comparator.reverseOrder());
      Stream.concat(Stream.of(environment), others.toList().stream())
          .forEach(CallDirectory::remove);
    } catch (IOException | UncheckedIOException e) {
      files.directory().toFile().deleteOnExit();
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      file.toFile().deleteOnExit();
    }
  }
}
