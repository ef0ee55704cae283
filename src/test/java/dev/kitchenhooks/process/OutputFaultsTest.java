package dev.kitchenhooks.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.process.ProcessResult.End;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Output that would fill memory, break a terminal, or stop whoever reads it. */
@Timeout(180)
@EnabledOnOs(value = OS.LINUX, disabledReason = "looks into /proc")
class OutputFaultsTest {
  private static final long GIB = 1L << 30;

  @TempDir Path directory;
  private Scripts scripts;

  @BeforeEach
  void setUp() {
    scripts = new Scripts(directory);
  }

  @Test
  void aGibibyteWithoutALineEnd() throws Exception {
    AtomicLong characters = new AtomicLong();
    AtomicLong pieces = new AtomicLong();

    scripts
        .sh("head -c " + GIB + " /dev/zero | tr '\\0' a")
        .noTimeout()
        .sink(line -> {
          pieces.incrementAndGet();
          characters.addAndGet(line.length());
        })
        .run()
        .ended(End.EXITED, 0, "");

    long expected = GIB / LineSplitter.MAX_BYTES;
    assertThat(pieces).hasValue(expected);
    // Each piece but the last one ends with a mark.
    assertThat(characters).hasValue(GIB + expected - 1);
  }

  @Test
  void lineEndsWithoutEnd() throws Exception {
    AtomicLong lines = new AtomicLong();

    scripts
        .sh("yes")
        .timeout(1000)
        .sink(_ -> lines.incrementAndGet())
        .run()
        .ended(End.TIMED_OUT, 124, "timed out after 1s");

    assertThat(lines).hasValueGreaterThan(1000);
  }

  @Test
  void bytesThatAreNotUtf8AndALastLineWithoutEnd() throws Exception {
    Ran ran =
        scripts.sh("printf 'a\\377b\\n\\303\\251\\n\\033[31mred\\033[0m\\nlast\\342\\202'").run();

    ran.ended(End.EXITED, 0, "");
    assertThat(ran.lines()).containsExactly("a\uFFFDb", "é", "red", "last\uFFFD");
  }

  @Test
  void nobodyReadsIt() throws Exception {
    Ran ran =
        scripts
            .sh("i=0; while [ $i -lt 20000 ]; do echo 0123456789; i=$((i+1)); done; exit 4")
            .noTimeout()
            .sink(_ -> {
              throw new IllegalStateException("boom");
            })
            .run();

    ran.ended(End.EXITED, 4, "output lost: java.lang.IllegalStateException: boom");
  }
}
