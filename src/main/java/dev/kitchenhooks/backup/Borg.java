package dev.kitchenhooks.backup;

import dev.kitchenhooks.process.LocalCommand;
import dev.kitchenhooks.process.LocalProcesses;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.process.Tail;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code borg init}. */
final class Borg {
  private static final Duration KILL_AFTER = Duration.ofSeconds(5);

  /** What borg calls it, whatever it says about it. */
  private static final String EXISTS = "Repository.AlreadyExists";

  private final BackupConf conf;
  private final Map<String, String> caller;
  private final Path directory;

  /**
   * @param caller the caller's environment: borg and ssh find their settings by it
   * @param directory to call it in
   */
  Borg(BackupConf conf, Map<String, String> caller, Path directory) {
    this.conf = conf;
    this.caller = Map.copyOf(caller);
    this.directory = directory;
  }

  /** What came of it. */
  sealed interface Init {}

  /** There is a new repository. */
  record Made() implements Init {}

  /** There was one before. */
  record Existed() implements Init {}

  /**
   * There is none, as far as is known.
   *
   * @param why in borg's words
   */
  record Failed(String why) implements Init {}

  Init init(Repository repository) {
    var output = new Tail();
    ProcessResult result = new LocalProcesses().run(command(repository), output, new StopRequest());
    if (result.exitCode() == 0) {
      return new Made();
    }
    List<JsonNode> messages = output.lines().stream().flatMap(l -> json(l).stream()).toList();
    if (messages.stream().anyMatch(m -> m.path("msgid").stringValue("").equals(EXISTS))) {
      return new Existed();
    }
    String said =
        messages.stream()
            .map(m -> m.path("message").stringValue("").strip())
            .filter(m -> !m.isEmpty())
            .reduce((_, last) -> last)
            .orElseGet(() -> output.lines().isEmpty() ? "" : output.lines().getLast());
    String how = result.detail().isEmpty() ? "exit " + result.exitCode() : result.detail();
    return new Failed(said.isEmpty() ? how : said + " (" + how + ")");
  }

  /** The passphrase is in no argument and no variable: borg asks the command for it. */
  LocalCommand command(Repository repository) {
    var environment = new HashMap<>(caller);
    environment.remove("BORG_PASSPHRASE");
    environment.put("BORG_PASSCOMMAND", BorgmaticText.passcommand(conf));
    return new LocalCommand(
        List.of(
            conf.borg(),
            "--log-json",
            "init",
            "--encryption=" + conf.encryption(),
            "--",
            repository.address()),
        environment,
        directory,
        Optional.of(conf.timeout()),
        KILL_AFTER);
  }

  private static Optional<JsonNode> json(String line) {
    try {
      return Optional.of(JsonMapper.shared().readTree(line));
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }
}
