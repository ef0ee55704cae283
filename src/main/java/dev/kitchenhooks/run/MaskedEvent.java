package dev.kitchenhooks.run;

import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.secret.Secrets;
import java.util.List;

/**
 * What is told of a run beside its output, without secrets. Lines and tails have been masked as
 * they came, and the plan's words before the run.
 */
final class MaskedEvent {
  private MaskedEvent() {}

  static RunEvent of(RunEvent event, Secrets secrets) {
    return switch (event) {
      case RunEvent.RunStarted e ->
          new RunEvent.RunStarted(
              e.at(),
              e.runId(),
              e.plan().withWork(masked(e.plan().work(), secrets)),
              e.user(),
              e.pid());
      case RunEvent.HookStarted e ->
          new RunEvent.HookStarted(
              e.at(), e.run(), secrets.mask(e.argv()), e.returnCode(), e.together());
      case RunEvent.HookFinished e ->
          new RunEvent.HookFinished(
              e.at(),
              e.run(),
              secrets.mask(e.argv()),
              masked(e.result(), secrets),
              e.tail(),
              e.again());
      case RunEvent.DeployFinished e ->
          new RunEvent.DeployFinished(
              e.at(),
              e.node(),
              e.exitCode(),
              secrets.mask(e.detail()),
              e.took(),
              e.tail(),
              e.revisions());
      case RunEvent.NodeFinished e ->
          new RunEvent.NodeFinished(
              e.at(), e.node(), e.outcome(), secrets.mask(e.reason()), e.took());
      case RunEvent.AppFinished e ->
          new RunEvent.AppFinished(
              e.at(),
              e.node(),
              e.app(),
              e.exitCode(),
              secrets.mask(e.detail()),
              e.took(),
              e.tail());
      case RunEvent.AppEnded e ->
          new RunEvent.AppEnded(e.at(), e.node(), e.app(), e.outcome(), secrets.mask(e.reason()));
      case RunEvent.CommandStarted e -> new RunEvent.CommandStarted(e.at(), secrets.mask(e.argv()));
      case RunEvent.CommandFinished e ->
          new RunEvent.CommandFinished(
              e.at(), e.exitCode(), secrets.mask(e.detail()), e.took(), e.tail());
      case RunEvent.HookOutput _,
          RunEvent.DeployOutput _,
          RunEvent.AppStarted _,
          RunEvent.AppOutput _,
          RunEvent.CommandOutput _,
          RunEvent.NodeStarted _,
          RunEvent.NodeConnected _,
          RunEvent.DeployStarted _,
          RunEvent.BatchStarted _,
          RunEvent.StopRequested _,
          RunEvent.RunFinished _ ->
          event;
    };
  }

  /** The operator's own command may hold one. */
  private static Work masked(Work work, Secrets secrets) {
    return switch (work) {
      case Work.RemoteShell(String command) -> new Work.RemoteShell(secrets.mask(command));
      case Work.CommandPerNode(List<String> command) ->
          new Work.CommandPerNode(secrets.mask(command));
      case Work.CommandOnce(List<String> command) -> new Work.CommandOnce(secrets.mask(command));
      case Work.Converge _,
          Work.Rollback _,
          Work.NodePlugin _,
          Work.InstallChef _,
          Work.Applications _ ->
          work;
    };
  }

  private static ProcessResult masked(ProcessResult result, Secrets secrets) {
    return new ProcessResult(
        result.exitCode(), result.end(), secrets.mask(result.detail()), result.duration());
  }
}
