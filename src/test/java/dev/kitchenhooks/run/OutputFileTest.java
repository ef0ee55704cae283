package dev.kitchenhooks.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is taken of FIX_OUTPUT, and what is said of the rest. */
@Timeout(60)
class OutputFileTest {
  @TempDir Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void file() {
    file = directory.resolve("output");
  }

  private OutputFile read(String text) throws IOException {
    Files.writeString(file, text);
    return OutputFile.read(file);
  }

  @Test
  void valuesGoToTheLineEndAndTheLastOneWins() throws IOException {
    OutputFile read = read("a=1\r\n\n_B2= x = y \nempty=\n\r\na=2\nlast=ü=\t");
    assertThat(read.problem()).isEmpty();
    assertThat(read.values())
        .isEqualTo(Map.of("a", "2", "_B2", " x = y ", "empty", "", "last", "ü=\t"));
  }

  @Test
  void aCarriageReturnInsideAValueStays() throws IOException {
    assertThat(read("a=1\r2\r\n").values()).isEqualTo(Map.of("a", "1\r2"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'a=1|secret|b=2'  | line 2 of its FIX_OUTPUT is not key=value",
        "'1secret=x'       | line 1 of its FIX_OUTPUT has a bad key",
        "'=secret'         | line 1 of its FIX_OUTPUT has a bad key",
        "'a=1||secret-k=v' | line 3 of its FIX_OUTPUT has a bad key",
        "' secret=v'       | line 1 of its FIX_OUTPUT has a bad key",
        "'sécret=v'        | line 1 of its FIX_OUTPUT has a bad key",
        "'export secret=v' | line 1 of its FIX_OUTPUT has a bad key",
        "'a=secret\0'      | line 1 of its FIX_OUTPUT has a NUL in it",
      },
      quoteCharacter = '\'')
  void nothingIsTakenOfAFileWithABadLineAndNothingOfItIsShown(String text, String problem)
      throws IOException {
    OutputFile read = read(text.replace('|', '\n'));
    assertThat(read.values()).isEmpty();
    assertThat(read.problem()).startsWith(problem).doesNotContain("secret");
  }

  @Test
  void badUtf8() throws IOException {
    Files.write(file, new byte[] {'a', '=', '1', '\n', 'b', '=', (byte) 0xC3, (byte) 0x28, '\n'});
    OutputFile read = OutputFile.read(file);
    assertThat(read.problem()).isEqualTo("line 2 of its FIX_OUTPUT is not UTF-8");
    assertThat(read.values()).isEmpty();
  }

  @Test
  void aKilobyteOverTheLimitIsSaidAndNotTaken() throws IOException {
    String most = "k=" + "x".repeat(64 * 1024 - 3) + "\n";
    assertThat(most.getBytes(StandardCharsets.UTF_8)).hasSize(65_536);
    assertThat(read(most).problem()).isEmpty();
    assertThat(read(most + "\n").problem())
        .isEqualTo("its FIX_OUTPUT is longer than the 64 KiB that are taken");
    assertThat(read(most + "\n").values()).isEmpty();
  }

  @Test
  void aFileThatIsGoneHoldsNothing() {
    assertThat(OutputFile.read(file)).isEqualTo(OutputFile.EMPTY);
  }

  @Test
  void whatIsNoFileIsNotRead() throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    String problem = "its FIX_OUTPUT is not a regular file any more";
    assertThat(OutputFile.read(file).problem()).isEqualTo(problem);
    Files.delete(file);
    Files.createSymbolicLink(file, Path.of("/etc/hostname"));
    assertThat(OutputFile.read(file).problem()).isEqualTo(problem);
    Files.delete(file);
    Files.createDirectory(file);
    assertThat(OutputFile.read(file).problem()).isEqualTo(problem);
  }
}
