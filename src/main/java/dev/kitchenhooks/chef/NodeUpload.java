package dev.kitchenhooks.chef;

import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.Variable;
import dev.kitchenhooks.remote.ShellWords;
import dev.kitchenhooks.run.HookLaunch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What goes to the node for one call of a program, of a hook for example. */
public final class NodeUpload {
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** Of these the node has its own; LC_* are some more. */
  private static final Set<String> OF_THE_PLACE =
      Set.of("PATH", "HOME", "USER", "LOGNAME", "SHELL", "TMPDIR", "LANG", "TZ", "FIX_PROGRAM");

  /** Their files are elsewhere on the node, and it says where. */
  private static final Set<String> FILES = Set.of("FIX_CONTEXT", "FIX_NODES_FILE", "FIX_OUTPUT");

  private final String name;
  private final byte[] program;
  private final List<byte[]> parts;

  private NodeUpload(String name, byte[] program, List<byte[]> others) {
    this.name = name;
    this.program = program;
    this.parts = Stream.concat(Stream.of(program), others.stream()).toList();
  }

  static NodeUpload of(HookLaunch launch) throws IOException {
    Path executable = launch.definition().executable();
    String variables = exports(variables(launch.definition(), launch.environment()));
    return new NodeUpload(
        String.valueOf(executable.getFileName()),
        Files.readAllBytes(executable),
        List.of(
            variables.getBytes(StandardCharsets.UTF_8),
            Files.readAllBytes(launch.files().context()),
            Files.readAllBytes(launch.files().nodes()),
            content(launch.files().composeFile())));
  }

  /**
   * A program that is no hook.
   *
   * @param environment what it gets beside the node's own
   * @param composeFile a file of this machine that it gets, for which {@link NodeProgram.OwnFiles}
   *     has the path
   * @throws IOException if that cannot be read
   */
  public static NodeUpload of(
      String name, byte[] program, Map<String, String> environment, Optional<Path> composeFile)
      throws IOException {
    byte[] nothing = new byte[0];
    String variables = exports(environment);
    return new NodeUpload(
        name,
        program,
        List.of(
            variables.getBytes(StandardCharsets.UTF_8), nothing, nothing, content(composeFile)));
  }

  private static byte[] content(Optional<Path> file) throws IOException {
    return file.isPresent() ? Files.readAllBytes(file.get()) : new byte[0];
  }

  /** Of the program. */
  String name() {
    return name;
  }

  /**
   * Those that go to the node. What the definition names is meant for it too, {@code PATH} as any
   * other.
   */
  static SortedMap<String, String> variables(
      HookDefinition definition, Map<String, String> environment) {
    Map<String, Variable> declared = definition.environment();
    var variables = new TreeMap<String, String>();
    environment.forEach((name, value) -> {
      boolean passed = declared.containsKey(name) || !isOfThePlace(name);
      if (passed && IDENTIFIER.matcher(name).matches() && !FILES.contains(name)) {
        variables.put(name, value);
      }
    });
    return variables;
  }

  /** A file for the node's shell. */
  static String exports(Map<String, String> variables) {
    return variables.entrySet().stream()
        .map(e -> "export %s=%s\n".formatted(e.getKey(), ShellWords.quote(e.getValue())))
        .collect(Collectors.joining());
  }

  private static boolean isOfThePlace(String name) {
    return OF_THE_PLACE.contains(name) || name.startsWith("LC_");
  }

  /**
   * How many bytes: of the program, its variables, the context, the nodes file and the compose
   * file.
   */
  String sizes() {
    return parts.stream()
        .map(part -> Integer.toString(part.length))
        .collect(Collectors.joining(","));
  }

  /** Whether this is what goes there as the compose file. */
  boolean hasComposeFile(byte[] content) {
    return Arrays.equals(parts.getLast(), content);
  }

  void writeTo(OutputStream out) throws IOException {
    for (byte[] part : parts) {
      out.write(part);
    }
  }

  /** The words of the program's first line, where it is a script: its interpreter comes first. */
  List<String> firstLine() {
    if (program.length < 2 || program[0] != '#' || program[1] != '!') {
      return List.of();
    }
    var line = new ByteArrayOutputStream();
    for (int i = 2; i < program.length && program[i] != '\n'; i++) {
      line.write(program[i]);
    }
    String text = line.toString(StandardCharsets.UTF_8).strip();
    return text.isEmpty() ? List.of() : List.of(text.split("[ \t]+", 2));
  }

  /** Of {@code #!/usr/bin/env python3} what env looks up; empty if it does something else. */
  String lookedUp() {
    List<String> words = firstLine();
    boolean looksUp =
        words.size() == 2
            && words.getFirst().endsWith("/env")
            && !words.getLast().startsWith("-")
            && !words.getLast().contains("=");
    return looksUp ? words.getLast() : "";
  }
}
