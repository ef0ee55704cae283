package dev.kitchenhooks.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hashes are those of the programs that nodes have. */
class PosixCrcTest {
  @TempDir Path temp;

  @Test
  void isWhatCksumAndSha256sumSay() throws Exception {
    var random = new Random(11);
    for (int length : new int[] {0, 1, 7, 8, 9, 255, 256, 65_535, 65_536, 65_537, 200_000}) {
      byte[] content = new byte[length];
      random.nextBytes(content);
      Path file = Files.write(temp.resolve("file"), content);
      FileHash hash = FileHash.of(content);
      assertThat(hash).as("length %d", length).isEqualTo(FileHash.of(file));
      assertThat(Hashing.CKSUM.of(hash)).isEqualTo(said("cksum", file).replace(' ', ':'));
      assertThat(Hashing.SHA256.of(hash))
          .isEqualTo(said("sha256sum", file).replace(" -", "").strip());
    }
  }

  private static String said(String program, Path file) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(program).redirectInput(file.toFile()).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    process.waitFor();
    return text.strip();
  }
}
