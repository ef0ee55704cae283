package dev.kitchenhooks.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.process.ProcessResult.End;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs that misbehave. {@link Scripts#run} asserts for each that nothing of its tree is left.
 */
@Timeout(180)
@EnabledOnOs(value = OS.LINUX, disabledReason = "uses setsid(1) and looks into /proc")
class ProcessFaultsTest {
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
            .sh("trap '' TERM; sleep 1000 & while :; do wait; done")
            .timeout(2000)
            .killAfter(100)
            .run();

    ran.ended(End.TIMED_OUT, 124, "timed out after 2s");
    assertThat(ran.result().duration()).isGreaterThanOrEqualTo(Duration.ofMillis(2100));
  }

  @Test
  void oneThatExitsWithZeroOnSigterm() throws Exception {
    Ran ran = scripts.sh("trap 'echo bye; exit 0' TERM; sleep 1000 & wait").timeout(2000).run();

    ran.ended(End.TIMED_OUT, 124, "timed out after 2s");
    assertThat(ran.lines()).containsExactly("bye");
  }

  @Test
  void oneThatIsSuspended() throws Exception {
    scripts
        .sh("kill -STOP $$")
        .timeout(200)
        .killAfter(100)
        .run()
        .ended(End.TIMED_OUT, 124, "timed out after 200ms");
  }

  @Test
  void oneThatForksTwiceAndExits() throws Exception {
    Ran ran = scripts.sh("(sleep 1000 >/dev/null 2>&1 &) ; echo done").noTimeout().run();

    ran.ended(End.EXITED, 0, "");
    assertThat(ran.lines()).containsExactly("done");
  }

  @Test
  void oneThatLeavesADaemonInASessionOfItsOwn() throws Exception {
    scripts
        .sh("setsid -f sh -c 'trap \"\" TERM; sleep 1000 & wait; wait' >/dev/null 2>&1; exit 3")
        .noTimeout()
        .run()
        .ended(End.EXITED, 3, "");
  }

  @Test
  void oneThatLeavesSuchADaemonAndRunsTooLong() throws Exception {
    scripts
        .sh("setsid -f sleep 1000 >/dev/null 2>&1; sleep 1000")
        .timeout(500)
        .run()
        .ended(End.TIMED_OUT, 124, "timed out after 500ms");
  }

  @Test
  void oneThatKeepsStartingDaemons() throws Exception {
    scripts
        .sh("while :; do setsid -f sleep 1000 >/dev/null 2>&1; done")
        .timeout(300)
        .run()
        .ended(End.TIMED_OUT, 124, "timed out after 300ms");
  }

  @Test
  void oneThatClosesItsOutputAndGoesOn() throws Exception {
    Ran ran =
        scripts
            .sh("echo before; exec >/dev/null 2>&1; sleep 0.3; echo no; exit 5")
            .noTimeout()
            .run();

    ran.ended(End.EXITED, 5, "");
    assertThat(ran.lines()).containsExactly("before");
  }

  @Test
  void aBackgroundChildThatHoldsTheOutputForAWhile() throws Exception {
    Ran ran = scripts.sh("(sleep 0.3; echo late) & echo first").noTimeout().run();

    ran.ended(End.EXITED, 0, "");
    assertThat(ran.lines()).containsExactly("first", "late");
  }

  @Test
  void backgroundChildrenThatHoldTheOutputForEver() throws Exception {
    Ran ran =
        scripts
            .sh("sleep 1000 & sleep 1001 & sleep 1002 >/dev/null 2>&1 & echo done")
            .timeout(2000)
            .run();

    ran.ended(End.OUTPUT_LEFT_OPEN, 124, "output left open by 2 processes (sleep)");
    assertThat(ran.lines()).containsExactly("done");
  }

  @Test
  void aDaemonThatLeftAllMarksButTheOutput() throws Exception {
    scripts
        .sh("env -i setsid -f sh -c 'trap \"\" TERM; sleep 1000; :' $TEST_COOKIE")
        .timeout(2000)
        .killAfter(100)
        .run()
        .ended(End.OUTPUT_LEFT_OPEN, 124, "output left open by 2 processes (sh, sleep)");
  }

  @Test
  void withoutSetsidTheTreeIsFoundByItsOtherMarks() throws Exception {
    scripts
        .processes(new LocalProcesses(Optional.empty()))
        .sh("(sleep 1000 >/dev/null 2>&1 &); setsid -f sleep 1000 >/dev/null 2>&1; sleep 1000")
        .timeout(500)
        .run()
        .ended(End.TIMED_OUT, 124, "timed out after 500ms");
  }
}
