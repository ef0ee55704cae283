package dev.kitchenhooks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Runs one real script; afterwards nothing of it may be alive, wherever it went. */
final class Scripts {
  private final Path directory;
  private final String cookie = UUID.randomUUID().toString();
  private final Map<String, String> environment =
      new HashMap<>(Map.of("PATH", "/usr/bin:/bin", "TEST_COOKIE", cookie));
  private Optional<Duration> timeout = Optional.of(Duration.ofSeconds(20));
  private Duration killAfter = Duration.ofSeconds(20);
  private StopRequest stop = new StopRequest();
  private LineSink sink = _ -> {};
  private LocalProcesses processes = new LocalProcesses();
  private String program = "";

  Scripts(Path directory) {
    this.directory = directory;
  }

  Scripts sh(String body) throws IOException {
    return file("script", "#!/bin/sh\n" + body + "\n");
  }

  Scripts file(String name, String content) throws IOException {
    Path file = directory.resolve(name);
    Files.write(file, content.getBytes(StandardCharsets.UTF_8));
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return program(file.toString());
  }

  Scripts program(String name) {
    program = name;
    return this;
  }

  Scripts environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Scripts timeout(long millis) {
    timeout = Optional.of(Duration.ofMillis(millis));
    return this;
  }

  Scripts noTimeout() {
    timeout = Optional.empty();
    return this;
  }

  Scripts killAfter(long millis) {
    killAfter = Duration.ofMillis(millis);
    return this;
  }

  Scripts stop(StopRequest request) {
    stop = request;
    return this;
  }

  Scripts sink(LineSink more) {
    sink = sink.and(more);
    return this;
  }

  Scripts processes(LocalProcesses other) {
    processes = other;
    return this;
  }

  Ran run(String... arguments) throws IOException {
    return run(List.of(arguments));
  }

  Ran run(List<String> arguments) throws IOException {
    List<String> argv = new ArrayList<>(List.of(program));
    argv.addAll(arguments);
    Tail tail = new Tail(1000, 1 << 20);
    ProcessResult result =
        processes.run(
            new LocalCommand(argv, environment, directory, timeout, killAfter),
            tail.and(sink),
            stop);
    assertThat(left()).as("processes left").isEmpty();
    return new Ran(
        result,
        tail.lines().stream().filter(line -> !line.equals("TEST_COOKIE=" + cookie)).toList());
  }

  /** Processes with the cookie of this test in their environment or their arguments. */
  private List<String> left() throws IOException {
    List<String> left = new ArrayList<>();
    for (long pid : ProcFs.pids()) {
      byte[] environment = ProcFs.environment(pid).orElseGet(() -> new byte[0]);
      if (text(environment).contains(cookie) || arguments(pid).contains(cookie)) {
        ProcFs.entry(pid).filter(entry -> !entry.dead()).ifPresent(e -> left.add(e.toString()));
      }
    }
    return left;
  }

  private static String arguments(long pid) throws IOException {
    try {
      return text(Files.readAllBytes(Path.of("/proc/" + pid + "/cmdline")));
    } catch (NoSuchFileException gone) {
      return "";
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
