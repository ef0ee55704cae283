package dev.kitchenhooks.app;

import dev.kitchenhooks.kitchen.Application;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.run.AppDeployer;
import dev.kitchenhooks.run.DeployResult;
import dev.kitchenhooks.run.RunFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** One application of one node whose turn it is. */
final class ComposeTarget implements AppDeployer.Target {
  private final RunFacts run;
  private final Application application;
  private final ComposeScript script;
  private final boolean undeploy;
  private final ComposeCopy copy;

  ComposeTarget(
      RunFacts run, String fqdn, Application application, ComposeScript script, boolean undeploy) {
    this.run = run;
    this.application = application;
    this.script = script;
    this.undeploy = undeploy;
    this.copy = new ComposeCopy(run, fqdn, application, this::content);
  }

  @Override
  public Path composeFile() {
    return copy.composeFile();
  }

  @Override
  public void prepare(StopRequest stop) throws IOException {
    copy.prepare(stop);
  }

  /** To take an application away, what is deployed counts; the kitchen may have moved on. */
  private byte[] content(StopRequest stop) throws IOException {
    if (undeploy) {
      Path scratch = run.directory().resolve(copy.directory().getFileName() + "-fetch");
      Optional<byte[]> deployed = script.fetch(scratch, stop);
      if (deployed.isPresent()) {
        return deployed.get();
      }
    }
    return Files.readAllBytes(run.kitchen().resolve(application.composeFile()));
  }

  @Override
  public DeployResult deploy(LineSink output, StopRequest stop) {
    try {
      prepare(stop);
      return script.run(
          undeploy ? ComposeScript.Action.UNDEPLOY : ComposeScript.Action.DEPLOY,
          composeFile(),
          output,
          stop);
    } catch (IOException e) {
      return new DeployResult(
          1, "the compose file %s: %s".formatted(application.composeFile(), e.getMessage()));
    }
  }

  @Override
  public void close() {
    copy.close();
  }
}
