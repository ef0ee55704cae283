package dev.kitchenhooks.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.process.ProcessResult.End;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program gets, and what a plain end of it gives. */
class LocalProcessesTest {
  @TempDir Path directory;

  @Test
  void givesArgumentsAsTheyAre() throws Exception {
    Scripts scripts = new Scripts(directory);
    List<String> arguments =
        List.of("", " ", "a b", "\"q\"", "'", "${HOME}", "*", "-x", "\\", "é€😀");

    Ran ran = scripts.sh("for a in \"$@\"; do printf '<%s>\\n' \"$a\"; done").run(arguments);

    assertThat(ran.lines()).isEqualTo(arguments.stream().map(a -> "<" + a + ">").toList());
    ran.ended(End.EXITED, 0, "");
  }

  @Test
  void givesExactlyTheEnvironmentAnEmptyStdinAndTheDirectory() throws Exception {
    Scripts scripts = new Scripts(directory).environment("A", "1 2").environment("EMPTY", "");

    Ran ran = scripts.sh("env | sort; pwd; cat; echo end").run();

    assertThat(ran.lines())
        .filteredOn(line -> !line.matches("(PWD|OLDPWD|SHLVL|_|FIX_PROCESS_TREE)=.*"))
        .containsExactly(
            "A=1 2", "EMPTY=", "PATH=/usr/bin:/bin", directory.toRealPath().toString(), "end");
    ran.ended(End.EXITED, 0, "");
  }

  @Test
  void readsTheFileThatItIsGiven() throws Exception {
    Path input = Files.writeString(directory.resolve("input"), "one\n.\ntwo");
    var lines = new ArrayList<String>();
    var command =
        new LocalCommand(
            List.of("/bin/cat"), Map.of(), directory, Optional.empty(), Duration.ofSeconds(1));

    ProcessResult result =
        new LocalProcesses().run(command.reading(input), lines::add, new StopRequest());

    assertThat(result.exitCode()).isZero();
    assertThat(lines).containsExactly("one", ".", "two");
  }

  @Test
  void keepsTheOrderOfStdoutAndStderr() throws Exception {
    Ran ran =
        new Scripts(directory)
            .sh("i=0; while [ $i -lt 200 ]; do echo o$i; echo e$i >&2; i=$((i+1)); done; exit 7")
            .run();

    assertThat(ran.lines()).hasSize(400).startsWith("o0", "e0", "o1").endsWith("o199", "e199");
    ran.ended(End.EXITED, 7, "");
  }

  @Test
  void namesTheSignalThatEndedIt() throws Exception {
    new Scripts(directory).sh("kill -SEGV $$").run().ended(End.SIGNALLED, 139, "killed by SIGSEGV");
    new Scripts(directory).sh("kill -KILL $$").run().ended(End.SIGNALLED, 137, "killed by SIGKILL");
    new Scripts(directory).sh("exit 200").run().ended(End.EXITED, 200, "");
  }
}
