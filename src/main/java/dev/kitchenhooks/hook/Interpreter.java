package dev.kitchenhooks.hook;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The program that a script's first line names: {@code #!/bin/sh}. */
final class Interpreter {
  /** What Linux reads of a file to find it: BINPRM_BUF_SIZE. */
  private static final int LONGEST_LINE = 256;

  /**
   * A shell would run such a file by itself; Linux does not, and a compiled program has zero bytes
   * in its header.
   */
  private static final Fault NO_FIRST_LINE =
      new Fault(
          " is neither a program nor a script: it names no interpreter",
          "its first line must be like #!/bin/sh",
          false);

  private Interpreter() {}

  /**
   * @param message what to say after the script's name
   * @param onlyWarning whether another machine or environment may well be fine
   */
  record Fault(String message, @Nullable String hint, boolean onlyWarning) {}

  /**
   * What will keep a file from starting, as far as its first bytes tell.
   *
   * @param here whether it runs on this machine: else its interpreter need not be there
   */
  static Optional<Fault> fault(Path file, boolean here) throws IOException {
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(LONGEST_LINE);
    }
    String text = new String(start, StandardCharsets.UTF_8);
    if (!text.startsWith("#!")) {
      return text.indexOf('\0') < 0 ? Optional.of(NO_FIRST_LINE) : Optional.empty();
    }
    String line = text.substring(2).split("\n", 2)[0];
    List<String> words = Arrays.stream(line.strip().split("[ \t]+")).toList();
    String program = words.getFirst();
    if (line.endsWith("\r")) {
      return Optional.of(
          new Fault(
              " has Windows line ends: its interpreter \"%s\\r\" does not exist".formatted(program),
              "save it with LF line ends",
              false));
    }
    if (!here && !program.isEmpty()) {
      return Optional.empty();
    }
    if (program.isEmpty() || program.indexOf('\0') >= 0 || !Files.exists(Path.of(program))) {
      return Optional.of(
          new Fault(
              " needs the interpreter \"%s\", which does not exist".formatted(program),
              null,
              false));
    }
    return program.endsWith("/env") ? ofEnv(words) : Optional.empty();
  }

  /** {@code #!/usr/bin/env python3}: to be found in the PATH. */
  private static Optional<Fault> ofEnv(List<String> words) {
    Optional<String> program =
        words.stream().skip(1).filter(w -> !w.startsWith("-") && !w.contains("=")).findFirst();
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    boolean found =
        program.isEmpty()
            || program.get().indexOf('\0') >= 0
            || Arrays.stream(path.split(":"))
                .anyMatch(dir -> Files.isExecutable(Path.of(dir).resolve(program.get())));
    return found
        ? Optional.empty()
        : Optional.of(
            new Fault(
                " needs the interpreter \"%s\", which is not in the PATH".formatted(program.get()),
                null,
                true));
  }
}
