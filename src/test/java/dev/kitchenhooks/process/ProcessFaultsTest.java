package dev.kitchenhooks.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.process.ProcessResult.End;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs that misbehave. {@link Scripts#run} asserts for each that nothing of its tree is left.
 */
@Timeout(30)
class ProcessFaultsTest {
  private static final Duration FAR = Duration.ofSeconds(10);

  @TempDir Path directory;
  private Scripts scripts;

  @BeforeEach
  void setUp() {
    scripts = new Scripts(directory);
  }

  @Test
  void oneThatRunsTooLong() throws Exception {
    scripts.sh("sleep 1000").timeout(200).run().ended(End.TIMED_OUT, 124, "timed out after 200ms");
  }

  @Test
  void oneThatIgnoresSigterm() throws Exception {
    Ran ran =
        scripts
            .sh("trap '' TERM; sleep 1000 & echo on; while :; do wait; done")
            .timeout(200)
            .killAfter(100)
            .run();

    ran.ended(End.TIMED_OUT, 124, "timed out after 200ms");
    assertThat(ran.result().duration()).isBetween(Duration.ofMillis(300), Duration.ofSeconds(10));
  }

  @Test
  void oneThatExitsWithZeroOnSigterm() throws Exception {
    Ran ran = scripts.sh("trap 'echo bye; exit 0' TERM; sleep 1000 & wait").timeout(300).run();

    ran.ended(End.TIMED_OUT, 124, "timed out after 300ms");
    assertThat(ran.lines()).containsExactly("bye");
  }

  @Test
  void oneThatForksTwiceAndExits() throws Exception {
    Ran ran = scripts.sh("(sleep 1000 >/dev/null 2>&1 &) ; echo done").run();

    ran.ended(End.EXITED, 0, "");
    assertThat(ran.lines()).containsExactly("done");
    assertThat(ran.result().duration()).isLessThan(FAR);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void oneThatLeavesADaemonInASessionOfItsOwn() throws Exception {
    scripts
        .sh("setsid -f sh -c 'trap \"\" TERM; sleep 1000 & wait; wait' >/dev/null 2>&1; exit 3")
        .run()
        .ended(End.EXITED, 3, "");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void oneThatLeavesSuchADaemonAndRunsTooLong() throws Exception {
    scripts
        .sh("setsid -f sleep 1000 >/dev/null 2>&1; sleep 1000")
        .timeout(300)
        .run()
        .ended(End.TIMED_OUT, 124, "timed out after 300ms");
  }

  @Test
  void oneThatIsStopped() throws Exception {
    scripts
        .sh("kill -STOP $$")
        .timeout(200)
        .killAfter(100)
        .run()
        .ended(End.TIMED_OUT, 124, "timed out after 200ms");
  }

  @Test
  void oneThatClosesItsOutputAndGoesOn() throws Exception {
    Ran ran = scripts.sh("echo before; exec >/dev/null 2>&1; sleep 0.3; echo no; exit 5").run();

    ran.ended(End.EXITED, 5, "");
    assertThat(ran.lines()).containsExactly("before");
    assertThat(ran.result().duration()).isGreaterThanOrEqualTo(Duration.ofMillis(300));
  }

  @Test
  void aBackgroundChildThatHoldsTheOutputForAWhile() throws Exception {
    Ran ran = scripts.sh("(sleep 0.3; echo late) & echo first").run();

    ran.ended(End.EXITED, 0, "");
    assertThat(ran.lines()).containsExactly("first", "late");
  }

  @Test
  void backgroundChildrenThatHoldTheOutputForEver() throws Exception {
    scripts
        .sh("sleep 1000 & sleep 1000 & echo done")
        .timeout(300)
        .run()
        .ended(End.OUTPUT_LEFT_OPEN, 124, "output left open by 2 processes (sleep)");
  }
}
