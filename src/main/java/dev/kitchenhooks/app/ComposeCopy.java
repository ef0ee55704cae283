package dev.kitchenhooks.app;

import dev.kitchenhooks.kitchen.Application;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.run.AppDeployer;
import dev.kitchenhooks.run.DeployResult;
import dev.kitchenhooks.run.RunFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The copy of a compose file that hooks of an application get. By itself it is all that a hook
 * needs which is run by hand: nothing is deployed.
 */
public final class ComposeCopy implements AppDeployer.Target {
  /** Where the content comes from. */
  @FunctionalInterface
  interface Source {
    byte[] read(StopRequest stop) throws IOException;
  }

  private final Path directory;
  private final Source source;
  private boolean prepared;

  ComposeCopy(RunFacts run, String fqdn, Application application, Source source) {
    this.directory = run.directory().resolve("app-%s-%s".formatted(fqdn, application.name()));
    this.source = source;
  }

  /**
   * A copy of the kitchen's own file.
   *
   * @param sample what stands there instead, where the application is made up
   */
  public static ComposeCopy ofKitchen(
      RunFacts run, String fqdn, Application application, Optional<String> sample) {
    return new ComposeCopy(
        run,
        fqdn,
        application,
        _ ->
            sample.isPresent()
                ? sample.get().getBytes(StandardCharsets.UTF_8)
                : Files.readAllBytes(run.kitchen().resolve(application.composeFile())));
  }

  Path directory() {
    return directory;
  }

  @Override
  public Path composeFile() {
    return directory.resolve("docker-compose.yml");
  }

  @Override
  public synchronized void prepare(StopRequest stop) throws IOException {
    if (prepared) {
      return;
    }
    byte[] content = source.read(stop);
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.write(composeFile(), content);
    Files.setPosixFilePermissions(composeFile(), PosixFilePermissions.fromString("rw-------"));
    prepared = true;
  }

  @Override
  public DeployResult deploy(LineSink output, StopRequest stop) {
    throw new IllegalStateException("a copy is not deployed by itself");
  }

  /** What cannot be deleted is left for the trimming of old runs. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(composeFile());
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      directory.toFile().deleteOnExit();
    }
  }
}
