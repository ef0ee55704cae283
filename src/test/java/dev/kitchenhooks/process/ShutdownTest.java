package dev.kitchenhooks.process;

import dev.kitchenhooks.process.ProcessResult.End;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of processes whose JVM ends while they run; {@link Scripts#run} looks for them. */
@Timeout(180)
@EnabledOnOs(value = OS.LINUX, disabledReason = "looks into /proc")
class ShutdownTest {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  @TempDir Path directory;

  @Test
  void theyEndWithTheirJvm() throws Exception {
    jvm()
        .run("-cp", System.getProperty("java.class.path"), Jvm.class.getName(), "exit")
        .ended(End.EXITED, 3, "");
  }

  @Test
  void theyEndWithTheTreeTheirJvmIsIn() throws Exception {
    StopRequest stop = new StopRequest();
    jvm()
        .stop(stop)
        .sink(_ -> stop.request(StopRequest.Level.KILL))
        .run("-cp", System.getProperty("java.class.path"), Jvm.class.getName(), "wait")
        .ended(End.STOPPED, 130, "stopped");
  }

  private Scripts jvm() {
    return new Scripts(directory).program(JAVA).noTimeout();
  }

  /** Runs a program that leaves a daemon and does not end by itself. */
  static final class Jvm {
    private Jvm() {}

    /**
     * @param args what to do once it runs: {@code exit}, or {@code wait} for a signal
     */
    public static void main(String[] args) {
      new LocalProcesses()
          .run(
              new LocalCommand(
                  List.of(
                      "/bin/sh",
                      "-c",
                      "setsid -f sleep 1000 >/dev/null 2>&1; echo ready; sleep 1000"),
                  Map.of("PATH", "/usr/bin:/bin", "TEST_COOKIE", System.getenv("TEST_COOKIE")),
                  Path.of("."),
                  Optional.empty(),
                  Duration.ofSeconds(20)),
              line -> {
                if (args[0].equals("exit")) {
                  System.exit(3);
                }
                System.out.println(line);
              },
              new StopRequest());
    }
  }
}
