package dev.kitchenhooks.docs;

import dev.kitchenhooks.demo.NodeAccess;
import dev.kitchenhooks.testkit.FixCommand;
import dev.kitchenhooks.testkit.FixResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Somebody who follows a page from its first line to its last, in a directory that has what a clone
 * has at its top: {@code fix} and {@code kitchen/}. The kitchen's nodes are embedded ones, which
 * the reader's own {@code ~/.ssh/config} leads to.
 */
final class Reader {
  /** What only a shell understands. */
  private static final Pattern FOR_A_SHELL = Pattern.compile("[|<>;&$`]");

  private static final Pattern FIX = Pattern.compile("(?:\\./)?fix( .*)?");

  private final Path top;
  private final Path home;
  private final Path state;
  private final Map<String, String> environment = new HashMap<>();
  private Path directory;

  private Reader(Path scratch) {
    top = scratch.resolve("clone");
    home = scratch.resolve("home");
    state = scratch.resolve("state");
    directory = top;
    environment.put("HOME", home.toString());
    environment.put("PATH", top + ":" + System.getenv("PATH"));
    environment.put("LANG", "C.UTF-8");
  }

  /** Sits down in an empty directory. */
  static Reader in(Path scratch, NodeAccess access) throws IOException {
    var reader = new Reader(scratch);
    Files.createDirectories(reader.state.resolve("balancer"));
    Files.createDirectories(reader.home.resolve(".ssh"));
    Files.copy(access.sshConfig(), reader.home.resolve(".ssh/config"));
    copy(Path.of("kitchen"), reader.top.resolve("kitchen"));
    reader.giveEachNodeItsOwnWorkPath();
    Files.writeString(reader.top.resolve("fix"), launcher());
    Files.setPosixFilePermissions(
        reader.top.resolve("fix"), PosixFilePermissions.fromString("rwxr-xr-x"));
    return reader;
  }

  /** Embedded nodes share this machine's disk; a relative path lies in the home of each. */
  private void giveEachNodeItsOwnWorkPath() throws IOException {
    Path config = top.resolve("kitchen/littlechef.cfg");
    Files.writeString(config, "\n[kitchen]\nnode_work_path = kitchen\n", StandardOpenOption.APPEND);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(f -> !f.startsWith(from.resolve(".fix"))).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  /** {@code fix} for commands that a shell runs. */
  private static String launcher() {
    // Surefire hides the class path in the manifest of a jar of its own.
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return """
    #!/bin/sh
    exec '%s/bin/java' -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED \\
      -cp '%s' dev.kitchenhooks.Main "$@"
    """
        .formatted(System.getProperty("java.home"), classPath);
  }

  /** Copies a block into a file, or to its end. */
  void write(Block block) throws IOException {
    if (block.attribute("file").isPresent()) {
      Path file = top.resolve(block.attribute("file").get());
      Files.createDirectories(file.getParent());
      Files.writeString(file, block.text());
    } else if (block.attribute("append").isPresent()) {
      Path file = top.resolve(block.attribute("append").get());
      Files.writeString(file, block.text(), StandardOpenOption.APPEND);
    }
  }

  /** From now on the hooks act on files, and the health check of a node fails before its deploy. */
  void makeSick(String node) throws IOException {
    Path sick = Files.createDirectories(state.resolve("sick-before-deploy"));
    Files.writeString(sick.resolve(node), "");
    environment.put("DEMO_STATE", state.toString());
  }

  /** The hooks only say what they would do again. */
  void heal() {
    environment.remove("DEMO_STATE");
  }

  /** Types one command. */
  FixResult type(String command) throws IOException, InterruptedException {
    if (command.startsWith("cd ")) {
      directory = directory.resolve(command.substring("cd ".length())).toRealPath();
      return new FixResult(0, "", "");
    }
    if (FIX.matcher(command).matches() && !FOR_A_SHELL.matcher(command).find()) {
      List<String> words = words(command);
      var fix = FixCommand.in(directory);
      environment.forEach(fix::with);
      return fix.run(words.subList(1, words.size()).toArray(String[]::new));
    }
    return shell(command);
  }

  /** As a shell splits them. */
  private List<String> words(String command) throws IOException, InterruptedException {
    // Each word ends with a NUL, so the last piece is empty.
    String[] words = shell("printf '%s\\0' " + command).out().split("\0", -1);
    return List.of(words).subList(0, words.length - 1);
  }

  private FixResult shell(String command) throws IOException, InterruptedException {
    Path err = Files.createTempFile(home, "stderr", "");
    var builder = new ProcessBuilder("sh", "-c", command).directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("FIX_"));
    builder.environment().putAll(environment);
    Process process = builder.redirectError(err.toFile()).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new FixResult(process.waitFor(), out, Files.readString(err));
  }
}
