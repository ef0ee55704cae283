package dev.kitchenhooks.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A class of the tests as a process of its own, which can be killed. */
public final class ChildJvm {
  private ChildJvm() {}

  /** Starts its {@code main}; what it says of errors is shown. */
  public static Process start(Class<?> main, String... words) throws IOException {
    var argv =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                // Surefire hides the class path in the manifest of a jar of its own.
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
    argv.addAll(List.of(words));
    return new ProcessBuilder(argv).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
