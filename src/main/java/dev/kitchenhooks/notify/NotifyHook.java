package dev.kitchenhooks.notify;

import dev.kitchenhooks.apphook.AppCall;
import dev.kitchenhooks.apphook.AppHookContext;
import dev.kitchenhooks.apphook.Confs;
import dev.kitchenhooks.apphook.RunHook;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problems;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * Tells people that an application was deployed or undeployed, or how a whole run ended: by the
 * channels of {@code confs/notify/}.
 */
public final class NotifyHook implements RunHook {
  @Override
  public String name() {
    return "notify";
  }

  /** The published schema of one channel. */
  public static String schema() {
    return Channels.schema();
  }

  @Override
  public void lint(Confs confs, Problems problems) {
    Channels.read(confs, problems);
  }

  @Override
  public void run(AppCall call, AppHookContext context) {
    switch (call.moment()) {
      case POST_DEPLOY, POST_UNDEPLOY ->
          new Sending(context)
              .send(
                  AppNotice.of(call, returnCode(context)),
                  channels(context).ofApplication(call.app()));
      case PRE_DEPLOY, PRE_UNDEPLOY ->
          context.say().accept("nothing to do at " + call.moment().id());
    }
  }

  /**
   * Tells how the run that called it ended, as its global post hook.
   *
   * @throws FixException if it is part of no run, or not every channel took the notice
   */
  @Override
  public void ofRun(AppHookContext context) {
    String file = context.variables().getOrDefault("FIX_CONTEXT", "");
    if (file.isEmpty()) {
      throw FixException.invalid(
          "which run is it? FIX_CONTEXT is not set", "this is called by a global post hook");
    }
    new Sending(context).send(RunNotice.read(Path.of(file)), channels(context).ofRuns());
  }

  private static Channels channels(AppHookContext context) {
    var problems = new Problems();
    Channels channels = Channels.read(context.confs(), problems);
    problems.throwIfErrors("channels of notices are invalid; nobody was told");
    return channels;
  }

  private static OptionalInt returnCode(AppHookContext context) {
    try {
      return OptionalInt.of(
          Integer.parseInt(context.variables().getOrDefault("FIX_RETURN_CODE", "")));
    } catch (NumberFormatException none) {
      return OptionalInt.empty();
    }
  }
}
