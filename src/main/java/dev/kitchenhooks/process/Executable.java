package dev.kitchenhooks.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the program of a command and checks, before anything starts, what execve(2) would refuse:
 * afterwards only "No such file or directory" would be left, which names the script and means its
 * interpreter.
 */
final class Executable {
  static final int NOT_FOUND = 127;
  static final int NOT_EXECUTABLE = 126;

  /** The kernel reads so much of a file to know what it is (BINPRM_BUF_SIZE). */
  private static final int HEAD_BYTES = 256;

  /** The kernel follows an interpreter that is itself a script so often. */
  private static final int MAX_DEPTH = 4;

  private static final String DEFAULT_PATH = "/usr/bin:/bin";

  private final Path directory;
  private final String searchPath;

  Executable(Path directory, Map<String, String> environment) {
    this.directory = directory;
    this.searchPath = environment.getOrDefault("PATH", DEFAULT_PATH);
  }

  /** What was found. */
  sealed interface Lookup {}

  /**
   * @param program absolute
   */
  record Found(Path program) implements Lookup {}

  /**
   * @param exitCode what a shell would report: 126 or 127
   * @param detail what is wrong, for people
   */
  record Refused(int exitCode, String detail) implements Lookup {}

  /**
   * @param program a path, relative to the working directory, or a name without a slash for PATH
   */
  Lookup find(String program) {
    try {
      return program.contains("/")
          ? check(directory.resolve(program).toAbsolutePath().normalize())
          : search(program);
    } catch (InvalidPathException e) {
      return new Refused(NOT_FOUND, "no valid file name: " + e.getReason());
    }
  }

  private Lookup search(String name) {
    Optional<Refused> nearly = Optional.empty();
    for (String entry : searchPath.split(":", -1)) {
      Path candidate = directory.resolve(entry).resolve(name).toAbsolutePath().normalize();
      if (!name.isEmpty() && Files.isRegularFile(candidate)) {
        switch (check(candidate)) {
          case Found found -> {
            return found;
          }
          case Refused refused -> nearly = nearly.or(() -> Optional.of(refused));
        }
      }
    }
    return nearly.orElseGet(
        () -> new Refused(NOT_FOUND, name + " not found in PATH (" + searchPath + ")"));
  }

  private Lookup check(Path program) {
    if (!Files.exists(program)) {
      return new Refused(NOT_FOUND, program + ": not found");
    }
    Optional<String> fault = fault(program, 0);
    return fault.isPresent()
        ? new Refused(NOT_EXECUTABLE, program + ": " + fault.get())
        : new Found(program);
  }

  private Optional<String> fault(Path file, int depth) {
    if (!Files.isRegularFile(file)) {
      return Optional.of(Files.isDirectory(file) ? "is a directory" : "not a regular file");
    }
    if (!Files.isExecutable(file)) {
      return Optional.of("not executable (chmod +x, or a file system mounted noexec)");
    }
    if (!Files.isReadable(file)) {
      // A compiled program may be executable but not readable; execve decides.
      return Optional.empty();
    }
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEAD_BYTES);
    } catch (IOException e) {
      return Optional.of("cannot be read: " + e.getMessage());
    }
    String text = new String(head, StandardCharsets.UTF_8);
    if (text.startsWith("#!")) {
      return interpreterFault(text.substring(2).split("\n", 2)[0], depth);
    }
    return text.indexOf('\0') < 0
        ? Optional.of("neither a program nor a script: its first line must be like #!/bin/sh")
        : Optional.empty();
  }

  private Optional<String> interpreterFault(String firstLine, int depth) {
    if (firstLine.endsWith("\r")) {
      return Optional.of("its first line ends with CR LF, as on Windows; use LF line ends");
    }
    String[] words = firstLine.strip().split("[ \t]+", 2);
    Path interpreter = directory.resolve(words[0]);
    if (words[0].isEmpty()) {
      return Optional.of("no interpreter in its first line");
    }
    if (!Files.exists(interpreter)) {
      return Optional.of("interpreter " + words[0] + " not found");
    }
    if (depth == MAX_DEPTH) {
      return Optional.of("too many interpreters that are scripts themselves");
    }
    return fault(interpreter, depth + 1)
        .map(fault -> "interpreter " + words[0] + ": " + fault)
        .or(() -> envFault(interpreter, words.length > 1 ? words[1] : ""));
  }

  /** {@code #!/usr/bin/env python3}: env gets the rest of the line as one word. */
  private Optional<String> envFault(Path interpreter, String word) {
    boolean looksUp =
        interpreter.endsWith("env")
            && !word.isEmpty()
            && !word.startsWith("-")
            && !word.contains("=");
    return looksUp && find(word) instanceof Refused refused
        ? Optional.of("interpreter " + refused.detail())
        : Optional.empty();
  }
}
