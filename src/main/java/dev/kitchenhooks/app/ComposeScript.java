package dev.kitchenhooks.app;

import dev.kitchenhooks.hook.Filters;
import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.HookType;
import dev.kitchenhooks.hook.OutputMode;
import dev.kitchenhooks.hook.Place;
import dev.kitchenhooks.hook.Retries;
import dev.kitchenhooks.hook.RunCondition;
import dev.kitchenhooks.kitchen.Application;
import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.run.DeployResult;
import dev.kitchenhooks.run.HookLaunch;
import dev.kitchenhooks.run.HookRunner;
import dev.kitchenhooks.run.RunEvent;
import dev.kitchenhooks.run.RunFacts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** {@code compose.sh} on a node, sent there as a hook's program is. */
final class ComposeScript {
  private static final String NAME = "compose.sh";
  private static final int MAX_BYTES = 64 * 1024;
  private static final Duration FETCH_LIMIT = Duration.ofSeconds(30);
  private static final Duration KILL_AFTER = Duration.ofSeconds(30);

  /** What it does. */
  enum Action {
    DEPLOY,
    UNDEPLOY,
    FETCH
  }

  private final RunFacts run;
  private final HookRunner onNode;
  private final KitchenConfig.Apps settings;
  private final String fqdn;
  private final Application application;
  private final NodeSession session;

  ComposeScript(
      RunFacts run,
      HookRunner onNode,
      KitchenConfig.Apps settings,
      String fqdn,
      Application application,
      NodeSession session) {
    this.run = run;
    this.onNode = onNode;
    this.settings = settings;
    this.fqdn = fqdn;
    this.application = application;
    this.session = session;
  }

  /**
   * The compose file that is deployed on the node; empty where there is none, or it is longer than
   * what a node's programs may hand back.
   *
   * @param scratch a directory of this call, which is made and removed
   * @throws IOException if the node cannot be asked
   */
  Optional<byte[]> fetch(Path scratch, StopRequest stop) throws IOException {
    var said = new ArrayList<String>();
    try (var files = new Scratch(scratch, new byte[0])) {
      ProcessResult result = call(Action.FETCH, files, FETCH_LIMIT, said::add, stop);
      if (result.exitCode() != 0) {
        throw new IOException(
            "%s cannot be asked what is deployed: %s"
                .formatted(fqdn, said.isEmpty() ? result.detail() : String.join(" ", said)));
      }
      byte[] content = Files.readAllBytes(files.output);
      // A longer one came in part.
      return content.length == 0 || content.length > MAX_BYTES
          ? Optional.empty()
          : Optional.of(content);
    }
  }

  /**
   * Deploys, or takes away.
   *
   * @param scratch a directory of this call, which is made and removed
   * @param composeFile what is deployed
   * @throws IOException if a file of this machine cannot be read or written
   */
  DeployResult run(Action action, Path scratch, Path composeFile, LineSink output, StopRequest stop)
      throws IOException {
    try (var files = new Scratch(scratch, Files.readAllBytes(composeFile))) {
      ProcessResult result = call(action, files, settings.timeout(), output, stop);
      return new DeployResult(result.exitCode(), result.detail());
    }
  }

  private ProcessResult call(
      Action action, Scratch files, Duration limit, LineSink output, StopRequest stop) {
    var argv = new ArrayList<String>();
    argv.add(files.program.toString());
    argv.add(action.name().toLowerCase(Locale.ROOT));
    // Where it stands among the arguments, the node puts the path that it has there.
    argv.add(files.composeFile.toString());
    argv.add(application.targetDirectory());
    argv.add(application.project());
    argv.add(application.version());
    argv.addAll(settings.composeCommand());
    var launch =
        new HookLaunch(
            run,
            new RunEvent.HookRun(0, hook(files.program, limit), Optional.of(fqdn), 1),
            argv,
            Map.of(),
            new HookLaunch.CallFiles(
                files.directory, files.context, files.output, files.composeFile),
            Optional.of(session));
    return onNode.run(launch, output, stop);
  }

  /** It is sent, limited and ended as a hook of this definition would be. */
  private static PlannedHook hook(Path program, Duration limit) {
    var definition =
        new HookDefinition(
            NAME,
            "",
            List.of(HookType.USER),
            NAME,
            NAME,
            program,
            List.of(),
            Place.NODE,
            Optional.empty(),
            Filters.NONE,
            true,
            new TreeSet<>(),
            0,
            false,
            limit,
            KILL_AFTER,
            RunCondition.FINISHED,
            true,
            Retries.NONE,
            Map.of(),
            OutputMode.LIVE,
            false);
    return new PlannedHook(definition, HookType.USER);
  }

  /** The files of one call; none is left after it. */
  private static final class Scratch implements AutoCloseable {
    private final Path directory;
    private final Path program;
    private final Path composeFile;
    private final Path context;
    private final Path output;

    Scratch(Path directory, byte[] content) throws IOException {
      this.directory = directory;
      this.program = directory.resolve(NAME);
      this.composeFile = directory.resolve("docker-compose.yml");
      this.context = directory.resolve("context.json");
      this.output = directory.resolve("output");
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      try (InputStream script = ComposeScript.class.getResourceAsStream(NAME)) {
        Files.write(program, Objects.requireNonNull(script, NAME).readAllBytes());
      }
      Files.write(composeFile, content);
      Files.writeString(context, "{}");
      Files.createFile(output);
    }

    @Override
    public void close() throws IOException {
      for (Path file : List.of(program, composeFile, context, output, directory)) {
        Files.deleteIfExists(file);
      }
    }
  }
}
