package dev.kitchenhooks.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code fix} as a process of its own, for tests that send it signals. */
public final class FixProcess implements AutoCloseable {
  private static final int LIMIT_SECONDS = 120;

  private final Process process;
  private final Path out;
  private final Path err;

  private FixProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts it in a kitchen, which is its home directory too; its output goes to files in {@code
   * scratch}.
   */
  public static FixProcess start(Path kitchen, Path scratch, String... words) throws IOException {
    return withOptions(List.of(), kitchen, scratch, words);
  }

  /** The same with its stdout to be read from {@link #firstLine}, as it comes. */
  public static FixProcess talking(Path kitchen, Path scratch, String... words) throws IOException {
    Files.createDirectories(scratch);
    Path out = Files.writeString(scratch.resolve("stdout"), "");
    Path err = scratch.resolve("stderr");
    return new FixProcess(
        builder(kitchen, scratch, words).redirectError(err.toFile()).start(), out, err);
  }

  /** The program and its first arguments, for scripts that start it. */
  public static List<String> program(Path scratch) {
    // Surefire hides the class path in the manifest of a jar of its own.
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "-Dorg.sqlite.tmpdir=" + scratch, // a killed JVM leaves SQLite's library behind
        "-cp",
        classPath,
        "dev.kitchenhooks.Main");
  }

  /** The same as {@link #start} in a JVM with more options. */
  public static FixProcess withOptions(
      List<String> options, Path kitchen, Path scratch, String... words) throws IOException {
    Files.createDirectories(scratch);
    Path out = scratch.resolve("stdout");
    Path err = scratch.resolve("stderr");
    ProcessBuilder builder = builder(kitchen, scratch, words);
    builder.command().addAll(1, options);
    return new FixProcess(
        builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start(), out, err);
  }

  private static ProcessBuilder builder(Path kitchen, Path scratch, String... words) {
    var argv = new ArrayList<>(program(scratch));
    argv.addAll(List.of(words));
    var builder = new ProcessBuilder(argv).directory(kitchen.toFile());
    builder.environment().keySet().removeIf(n -> n.startsWith("FIX_") || n.equals("SSH_AUTH_SOCK"));
    builder.environment().put("HOME", kitchen.toString());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    return builder;
  }

  /** Waits for the first line of one that is {@link #talking}. */
  public String firstLine() throws IOException {
    String line = process.inputReader(StandardCharsets.UTF_8).readLine();
    if (line == null) {
      throw new IOException("fix said nothing: " + Files.readString(err));
    }
    return line;
  }

  /** Waits for so many more lines, or for its end; returns what came. */
  public List<String> lines(int count) throws IOException {
    var lines = new ArrayList<String>();
    BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
    for (String line = ""; lines.size() < count && line != null; ) {
      line = reader.readLine();
      if (line != null) {
        lines.add(line);
      }
    }
    return lines;
  }

  public long pid() {
    return process.pid();
  }

  /** Sends a signal by its name, e.g. {@code INT}. */
  public void signal(String name) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
            .inheritIO()
            .start()
            .waitFor();
    if (code != 0) {
      throw new IOException("kill -" + name + " exited " + code);
    }
  }

  /** Waits for its end. */
  public FixResult await() throws IOException, InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(
          "fix still runs after "
              + LIMIT_SECONDS
              + "s\n"
              + Files.readString(out)
              + Files.readString(err));
    }
    return new FixResult(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
