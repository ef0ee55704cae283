package dev.kitchenhooks.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.process.ProcFs.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcFsTest {

  @Test
  void aNameMayContainWhatSeparatesTheFields() {
    String stat = "42 (a) R 1 (b) S 7 42 40 0 -1 4 0 0 0 0 0 0 0 0 20 0 1 0 4711 1 2 3\n";

    assertThat(Entry.parse(stat)).contains(new Entry(42, "a) R 1 (b", 'S', 7, 40, 4711));
    assertThat(Entry.parse("")).isEmpty();
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
  void findsThisProcess() {
    long self = ProcessHandle.current().pid();

    assertThat(ProcFs.pids()).contains(self);
    assertThat(ProcFs.entry(self)).map(Entry::pid).contains(self);
    assertThat(ProcFs.entry(Long.MAX_VALUE)).isEmpty();
    assertThat(ProcFs.environment(Long.MAX_VALUE)).isEmpty();
    assertThat(ProcFs.lastPid()).isPositive();
  }
}
