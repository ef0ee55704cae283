package dev.kitchenhooks.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files of others that are no part of the project: where {@code FIX_TEST_DATA} says, else in {@code
 * ../shared/data}.
 */
public final class TestData {
  private TestData() {}

  /** A file or directory; skips the test where it is not there, naming it. */
  public static Path require(String path) {
    String given = System.getenv("FIX_TEST_DATA");
    Path data = given == null ? Path.of("..", "shared", "data") : Path.of(given);
    Path wanted = data.resolve(path);
    assumeTrue(Files.exists(wanted), path + " is not among the test data (FIX_TEST_DATA)");
    return wanted;
  }
}
