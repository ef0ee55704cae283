package dev.kitchenhooks.run;

import dev.kitchenhooks.plan.PlannedApp;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.remote.NodeSession;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * A hook to be run, with what is the same for all its attempts.
 *
 * @param hook which
 * @param node the node of a node hook, or of an application's
 * @param app the application of one of its hooks
 * @param session the connection to that node, where there is one
 * @param returnCode what a post hook gets; empty for others
 * @param reason what that code means; empty for others
 * @param together how many hooks start with it, itself included
 * @param values what earlier hooks have handed on to it, by key
 * @param handOn takes what it hands on itself, after its last attempt; returns why it is not taken
 */
record HookTask(
    PlannedHook hook,
    Optional<PlannedNode> node,
    Optional<AppCall> app,
    Optional<NodeSession> session,
    OptionalInt returnCode,
    String reason,
    int together,
    SortedMap<String, String> values,
    Function<SortedMap<String, String>, Optional<String>> handOn) {

  HookTask withApp(AppCall call) {
    return new HookTask(
        hook, node, Optional.of(call), session, returnCode, reason, together, values, handOn);
  }

  /** An application, and its compose file as hooks find it. */
  record AppCall(PlannedApp app, AppDeployer.Target target) {}
}
