package dev.kitchenhooks.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code fix} as a process of its own, for tests that send it signals. */
public final class FixProcess implements AutoCloseable {
  private static final int LIMIT_SECONDS = 60;

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
    Files.createDirectories(scratch);
    Path out = scratch.resolve("stdout");
    Path err = scratch.resolve("stderr");
    // Surefire hides the class path in the manifest of a jar of its own.
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    var argv =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Dorg.sqlite.tmpdir=" + scratch, // a killed JVM leaves SQLite's library behind
                "-cp",
                classPath,
                "dev.kitchenhooks.Main"));
    argv.addAll(List.of(words));
    var builder = new ProcessBuilder(argv).directory(kitchen.toFile());
    builder.environment().keySet().removeIf(n -> n.startsWith("FIX_") || n.equals("SSH_AUTH_SOCK"));
    builder.environment().put("HOME", kitchen.toString());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    return new FixProcess(
        builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start(), out, err);
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
