package dev.kitchenhooks.app;

import dev.kitchenhooks.chef.NodeProgram;
import dev.kitchenhooks.chef.NodeProgram.OwnFiles;
import dev.kitchenhooks.chef.NodePrograms;
import dev.kitchenhooks.chef.NodeUpload;
import dev.kitchenhooks.kitchen.Application;
import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.process.Verdict;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.run.DeployResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** {@code compose.sh} on a node, for one application. */
final class ComposeScript {
  private static final String NAME = "compose.sh";
  private static final byte[] TEXT = text();
  private static final Duration FETCH_LIMIT = Duration.ofSeconds(30);
  private static final Duration KILL_AFTER = Duration.ofSeconds(30);

  /** What it does. */
  enum Action {
    DEPLOY,
    UNDEPLOY,
    FETCH
  }

  private final NodePrograms programs;
  private final KitchenConfig.Apps settings;
  private final String fqdn;
  private final Application application;
  private final NodeSession session;

  ComposeScript(
      NodePrograms programs,
      KitchenConfig.Apps settings,
      String fqdn,
      Application application,
      NodeSession session) {
    this.programs = programs;
    this.settings = settings;
    this.fqdn = fqdn;
    this.application = application;
    this.session = session;
  }

  private static byte[] text() {
    try (InputStream script = ComposeScript.class.getResourceAsStream(NAME)) {
      return Objects.requireNonNull(script, NAME).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The compose file that is deployed on the node; empty where there is none.
   *
   * @param scratch a file of this call, which is made and removed
   * @throws IOException if the node cannot be asked
   */
  Optional<byte[]> fetch(Path scratch, StopRequest stop) throws IOException {
    Files.createFile(
        scratch,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      var said = new ArrayList<String>();
      Verdict verdict = call(Action.FETCH, scratch, FETCH_LIMIT, said::add, stop);
      if (verdict.exitCode() != 0) {
        throw new IOException(
            "%s cannot be asked what is deployed: %s"
                .formatted(fqdn, said.isEmpty() ? verdict.detail() : String.join(" ", said)));
      }
      byte[] content = Files.readAllBytes(scratch);
      return content.length == 0 ? Optional.empty() : Optional.of(content);
    } finally {
      Files.deleteIfExists(scratch);
    }
  }

  /**
   * Deploys, or takes away.
   *
   * @param composeFile what is deployed
   * @throws IOException if it cannot be read or sent
   */
  DeployResult run(Action action, Path composeFile, LineSink output, StopRequest stop)
      throws IOException {
    Verdict verdict = call(action, composeFile, settings.timeout(), output, stop);
    return new DeployResult(verdict.exitCode(), verdict.detail());
  }

  private Verdict call(
      Action action, Path composeFile, Duration limit, LineSink output, StopRequest stop)
      throws IOException {
    var arguments = new ArrayList<String>();
    arguments.add(action.name().toLowerCase(Locale.ROOT));
    arguments.add(composeFile.toString());
    arguments.add(application.targetDirectory());
    arguments.add(application.project());
    arguments.add(application.version());
    arguments.addAll(settings.composeCommand());
    Optional<Path> file = Optional.of(composeFile);
    var program =
        new NodeProgram(
            NodeUpload.of(NAME, TEXT, Map.of(), file),
            fqdn,
            arguments,
            limit,
            KILL_AFTER,
            new OwnFiles(Optional.empty(), file, Optional.empty()));
    return programs.run(session, program, output, stop);
  }
}
