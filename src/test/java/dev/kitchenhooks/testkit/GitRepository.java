package dev.kitchenhooks.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real git repository with a working tree, made by the git of this machine. */
public final class GitRepository {
  private final Path directory;

  private GitRepository(Path directory) {
    this.directory = directory;
  }

  /** A new one, on the branch main. */
  public static GitRepository in(Path directory) {
    return in(directory, "sha1");
  }

  /** A new one whose hashes are of this kind: {@code sha1} or {@code sha256}. */
  public static GitRepository in(Path directory, String format) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var repository = new GitRepository(directory);
    repository.git("init", "-q", "-b", "main", "--object-format=" + format);
    return repository;
  }

  /** Where it lies. */
  public Path directory() {
    return directory;
  }

  /** Its address as a file:// URL. */
  public String url() {
    return "file://" + directory;
  }

  /** Writes a file (0644), not committed yet. */
  public GitRepository file(String path, String content) {
    return write(path, content, "rw-r--r--");
  }

  /** Writes a {@code /bin/sh} script (0755), not committed yet. */
  public GitRepository script(String path, String... lines) {
    return write(path, "#!/bin/sh\n" + String.join("\n", lines) + "\n", "rwxr-xr-x");
  }

  private GitRepository write(String path, String content, String permissions) {
    try {
      Path file = directory.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Makes a symbolic link, not committed yet. */
  public GitRepository link(String path, String target) {
    try {
      Files.createDirectories(directory.resolve(path).getParent());
      Files.createSymbolicLink(directory.resolve(path), Path.of(target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Commits all that there is and returns the commit's hash. */
  public String commit(String message) {
    git("add", "--all");
    git("commit", "-q", "--allow-empty", "-m", message);
    return head();
  }

  /** The hash of the commit that is checked out. */
  public String head() {
    return git("rev-parse", "HEAD").strip();
  }

  /** Runs git in it and returns what it prints. */
  public String git(String... arguments) {
    var argv = new ArrayList<>(List.of("git", "-c", "protocol.file.allow=always"));
    argv.addAll(List.of(arguments));
    var builder = new ProcessBuilder(argv).directory(directory.toFile()).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("GIT_"));
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    for (String who : List.of("AUTHOR", "COMMITTER")) {
      environment.put("GIT_" + who + "_NAME", "Ada");
      environment.put("GIT_" + who + "_EMAIL", "ada@example.com");
    }
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(argv + " exited " + process.exitValue() + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
