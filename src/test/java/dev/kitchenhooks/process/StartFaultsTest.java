package dev.kitchenhooks.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.process.ProcessResult.End;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Programs that cannot be started: 127 where there is none, 126 where there is something. */
@Timeout(180)
@EnabledOnOs(value = OS.LINUX, disabledReason = "looks into /proc")
class StartFaultsTest {
  @TempDir Path directory;
  private Scripts scripts;

  @BeforeEach
  void setUp() {
    scripts = new Scripts(directory);
  }

  @Test
  void anAbsolutePathThatIsNotThere() throws Exception {
    refused(scripts.program("/no/such/program"), 127, "/no/such/program: not found");
  }

  @Test
  void aNameThatIsNotInThePathOfItsOwnEnvironment() throws Exception {
    scripts.file("a-hook", "#!/bin/sh\nexit 0\n");

    refused(scripts.program("a-hook"), 127, "a-hook not found in PATH (/usr/bin:/bin)");
    scripts.environment("PATH", "/nowhere:" + directory).run().ended(End.EXITED, 0, "");
    scripts.environment("PATH", ":/nowhere").run().ended(End.EXITED, 0, "");
    refused(scripts.program(""), 127, " not found in PATH (:/nowhere)");
  }

  @Test
  void aFileThatIsNotExecutable() throws Exception {
    Path file = Files.writeString(directory.resolve("plain"), "#!/bin/sh\n");
    String fault = file + ": not executable (chmod +x, or a file system mounted noexec)";

    refused(scripts.program(file.toString()), 126, fault);
    refused(scripts.program("plain").environment("PATH", directory.toString()), 126, fault);
    refused(scripts.program("./plain"), 126, fault);
  }

  @Test
  void aDirectory() throws Exception {
    refused(scripts.program(directory.toString()), 126, directory + ": is a directory");
  }

  @Test
  void anInterpreterThatIsNotThere() throws Exception {
    refused(
        scripts.file("x", "#! /usr/bin/pyton3 -u\n"),
        126,
        directory.resolve("x") + ": interpreter /usr/bin/pyton3 not found");
  }

  @Test
  void aProgramOfEnvThatIsNotThere() throws Exception {
    refused(
        scripts.file("x", "#!/usr/bin/env pyton3\n"),
        126,
        directory.resolve("x") + ": interpreter pyton3 not found in PATH (/usr/bin:/bin)");
    scripts.file("x", "#!/usr/bin/env -S sh -e\nexit 3\n").run().ended(End.EXITED, 3, "");
    scripts.file("x", "#!/usr/bin/env sh\nexit 4\n").run().ended(End.EXITED, 4, "");
  }

  @Test
  void anInterpreterThatCannotBeExecuted() throws Exception {
    Path interpreter = Files.writeString(directory.resolve("i"), "#!/bin/sh\n");

    refused(
        scripts.file("x", "#!" + interpreter + "\n"),
        126,
        directory.resolve("x")
            + ": interpreter "
            + interpreter
            + ": not executable (chmod +x, or a file system mounted noexec)");
  }

  @Test
  void aScriptThatIsItsOwnInterpreter() throws Exception {
    Path file = directory.resolve("x");

    String detail = scripts.file("x", "#!" + file + "\n").run().result().detail();

    assertThat(detail).endsWith("too many interpreters that are scripts themselves");
  }

  @Test
  void aScriptWithWindowsLineEnds() throws Exception {
    refused(
        scripts.file("x", "#!/bin/sh\r\necho\r\n"),
        126,
        directory.resolve("x")
            + ": its first line ends with CR LF, as on Windows; use LF line ends");
  }

  @Test
  void aScriptThatDoesNotSayWhatItIs() throws Exception {
    String fault = ": neither a program nor a script: its first line must be like #!/bin/sh";

    refused(scripts.file("x", "echo hi\n"), 126, directory.resolve("x") + fault);
    refused(scripts.file("y", ""), 126, directory.resolve("y") + fault);
    refused(
        scripts.file("z", "#!\n"),
        126,
        directory.resolve("z") + ": no interpreter in its first line");
  }

  @Test
  void aScriptThatIsBeingWritten() throws Exception {
    scripts.sh("echo hi");
    Path file = directory.resolve("script");

    try (OutputStream writer = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
      writer.flush();
      scripts.run().ended(End.NOT_STARTED, 126, "failed to execute " + file + ": Text file busy");
    }
  }

  @Test
  void anArgumentThatIsTooLong() throws Exception {
    scripts
        .sh("echo hi")
        .run("x".repeat(200_000))
        .ended(End.NOT_STARTED, 126, directory.resolve("script") + ": Argument list too long");
  }

  @Test
  void aNulCharacterInAnArgument() throws Exception {
    scripts
        .sh("echo hi")
        .run("a\0b")
        .ended(End.NOT_STARTED, 126, "an argument or a variable contains a NUL character");
  }

  @Test
  void aDirectoryThatIsNotThere() throws Exception {
    ProcessResult result =
        new LocalProcesses()
            .run(
                new LocalCommand(
                    List.of("/bin/true"),
                    Map.of(),
                    directory.resolve("gone"),
                    Optional.empty(),
                    Duration.ofSeconds(1)),
                _ -> {},
                new StopRequest());

    assertThat(result.detail())
        .isEqualTo("working directory " + directory.resolve("gone") + " not found");
    assertThat(result.end()).isEqualTo(End.NOT_STARTED);
  }

  private static void refused(Scripts scripts, int exitCode, String detail) throws Exception {
    Ran ran = scripts.run();
    ran.ended(End.NOT_STARTED, exitCode, detail);
    assertThat(ran.lines()).isEmpty();
  }
}
