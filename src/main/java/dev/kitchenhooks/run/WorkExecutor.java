package dev.kitchenhooks.run;

import dev.kitchenhooks.kitchen.Application;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.process.Tail;
import dev.kitchenhooks.secret.MaskedLines;
import dev.kitchenhooks.secret.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;

/** Runs what hooks are wrapped around, deploys or the one command, and tells what happens. */
final class WorkExecutor {
  private final RunEngine.HookTools tools;
  private final Secrets secrets;

  WorkExecutor(RunEngine.HookTools tools, Secrets secrets) {
    this.tools = tools;
    this.secrets = secrets;
  }

  /** Tells that a deploy starts, and returns when. */
  Instant deployStarts(String fqdn) {
    Instant started = now();
    tell(new RunEvent.DeployStarted(started, fqdn));
    return started;
  }

  /**
   * Runs it to its end and returns its exit code.
   *
   * @param values what hooks have handed on, by key
   */
  int deploy(
      String fqdn,
      Instant started,
      Deployer.Target target,
      SortedMap<String, String> values,
      StopRequest stop) {
    var tail = new Tail();
    LineSink told = line -> tell(new RunEvent.DeployOutput(now(), fqdn, line));
    DeployResult result;
    try (MaskedLines output = secrets.lines(tail.and(told))) {
      result = target.deploy(values, output, stop);
    }
    tell(
        new RunEvent.DeployFinished(
            now(),
            fqdn,
            result.exitCode(),
            result.detail(),
            since(started),
            tail.lines(),
            result.revisions()));
    return result.exitCode();
  }

  /** Tells that an application is deployed, and returns when. */
  Instant appStarts(String fqdn, Application app) {
    Instant started = now();
    tell(new RunEvent.AppStarted(started, fqdn, app));
    return started;
  }

  /** Runs it to its end and returns its exit code. */
  int deploy(
      String fqdn, Application app, Instant started, AppDeployer.Target target, StopRequest stop) {
    var tail = new Tail();
    LineSink told = line -> tell(new RunEvent.AppOutput(now(), fqdn, app.name(), line));
    DeployResult result;
    try (MaskedLines output = secrets.lines(tail.and(told))) {
      result = target.deploy(output, stop);
    }
    tell(
        new RunEvent.AppFinished(
            now(),
            fqdn,
            app.name(),
            result.exitCode(),
            result.detail(),
            since(started),
            tail.lines()));
    return result.exitCode();
  }

  /** Tells that the command starts, and returns when. */
  Instant commandStarts(WholeRunCommand command) {
    Instant started = now();
    tell(new RunEvent.CommandStarted(started, command.argv()));
    return started;
  }

  /**
   * Runs it to its end and returns its exit code.
   *
   * @param values what hooks have handed on, by key
   */
  int run(
      WholeRunCommand command,
      Instant started,
      SortedMap<String, String> values,
      StopRequest stop) {
    var tail = new Tail();
    LineSink told = line -> tell(new RunEvent.CommandOutput(now(), line));
    DeployResult result;
    try (MaskedLines output = secrets.lines(tail.and(told))) {
      result = command.run(values, output, stop);
    }
    tell(
        new RunEvent.CommandFinished(
            now(), result.exitCode(), result.detail(), since(started), tail.lines()));
    return result.exitCode();
  }

  private Duration since(Instant started) {
    return Duration.between(started, now());
  }

  private void tell(RunEvent event) {
    tools.events().tell(event);
  }

  private Instant now() {
    return tools.clock().instant();
  }
}
