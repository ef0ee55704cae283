package dev.kitchenhooks.run;

import dev.kitchenhooks.hook.Variable;
import dev.kitchenhooks.kitchen.Application;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.plan.PlannedHook;
import dev.kitchenhooks.plan.PlannedNode;
import dev.kitchenhooks.plan.RunPlan;
import dev.kitchenhooks.run.HookLaunch.CallFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a hook is called with: the contract's arguments and variables, as pure functions, so that a
 * plan shows just what a run does.
 */
public final class HookCall {
  /**
   * Bytes of FQDNs from which on their file is the argument instead. Linux takes 128 KiB in one
   * argument and, by default, 2 MiB for arguments and environment together; this leaves room for
   * both.
   */
  static final int MAX_NODE_BYTES = 100_000;

  private static final List<String> PASSED_THROUGH =
      List.of("PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "TZ", "TMPDIR");

  private HookCall() {}

  /**
   * The argument vector: pre hooks get the FQDNs, post hooks the return code and then the FQDNs,
   * both then the definition's own {@code args}.
   *
   * @param node the node of a node hook; empty: all nodes of the run
   * @param returnCode the first argument of a post hook, as text, since a plan has only a name for
   *     it
   * @param nodesFile the file that stands for them where they are too many
   */
  public static List<String> argv(
      RunPlan plan,
      PlannedHook hook,
      Optional<PlannedNode> node,
      Optional<String> returnCode,
      Path nodesFile) {
    var argv = new ArrayList<String>();
    argv.add(hook.definition().program());
    returnCode.ifPresent(argv::add);
    if (node.isPresent()) {
      argv.add(node.get().fqdn());
    } else if (tooLong(plan)) {
      argv.add(nodesFile.toString());
    } else {
      plan.nodes().forEach(n -> argv.add(n.fqdn()));
    }
    argv.addAll(hook.definition().args());
    return List.copyOf(argv);
  }

  /**
   * The argument vector of a hook of an application: {@code APP ENV VERSION COMPOSE_FILE
   * TARGET_DIR}, then the definition's own {@code args}.
   *
   * @param composeFile the copy that pre hooks may edit, on this machine
   */
  public static List<String> argv(PlannedHook hook, Application application, Path composeFile) {
    var argv = new ArrayList<String>();
    argv.add(hook.definition().program());
    argv.add(application.name());
    argv.add(application.environment());
    argv.add(application.version());
    argv.add(composeFile.toString());
    argv.add(application.targetDirectory());
    argv.addAll(hook.definition().args());
    return List.copyOf(argv);
  }

  private static boolean tooLong(RunPlan plan) {
    long bytes = 0;
    for (PlannedNode node : plan.nodes()) {
      bytes += node.fqdn().getBytes(StandardCharsets.UTF_8).length + 1L;
    }
    return bytes > MAX_NODE_BYTES;
  }

  /** The whole environment of a hook. */
  static Map<String, String> environment(
      RunFacts run, RunPlan plan, HookTask task, int attempt, CallFiles files) {
    PlannedHook hook = task.hook();
    Optional<PlannedNode> node = task.node();
    var env = new TreeMap<String, String>();
    run.caller()
        .forEach((name, value) -> {
          if (PASSED_THROUGH.contains(name) || name.startsWith("LC_")) {
            env.put(name, value);
          }
        });
    if (hook.definition().plugin().isPresent()) {
      // What Python leaves beside its sources would make a plugin another than was pinned.
      env.put("PYTHONDONTWRITEBYTECODE", "1");
    }
    hook.definition()
        .environment()
        .forEach((name, value) -> {
          switch (value) {
            case Variable.Literal(String text) -> env.put(name, text);
            case Variable.PassedThrough() -> {
              String given = run.caller().get(name);
              if (given != null) {
                env.put(name, given);
              }
            }
            case Variable.FromFile _, Variable.FromEnv _ ->
                env.put(name, run.secrets().value(hook.name(), name));
          }
        });
    // The launcher says where it is; a hook that starts fix starts the same one.
    env.put("FIX_PROGRAM", run.caller().getOrDefault("FIX_PROGRAM", "fix"));
    env.put("FIX_RUN_ID", run.runId());
    env.put("FIX_HOOK_NAME", hook.name());
    env.put("FIX_HOOK_TYPE", hook.type().id());
    env.put("FIX_KITCHEN", run.kitchen().toString());
    env.put("FIX_COMMAND", plan.command());
    env.put("FIX_CHEF_ENVIRONMENT", environments(plan, node));
    node.ifPresent(n -> env.put("FIX_NODE", n.fqdn()));
    env.put("FIX_ROLES", roles(plan, node));
    task.app().ifPresent(call -> env.put("FIX_APP", call.app().name()));
    task.returnCode().ifPresent(code -> env.put("FIX_RETURN_CODE", Integer.toString(code)));
    if (!task.reason().isEmpty()) {
      env.put("FIX_REASON", task.reason());
    }
    env.put("FIX_ATTEMPT", Integer.toString(attempt));
    if (plan.work().isWhyRun()) {
      env.put("FIX_DRY_RUN", "1");
    }
    env.put("FIX_CONTEXT", files.context().toString());
    env.put("FIX_OUTPUT", files.output().toString());
    env.put("FIX_NODES_FILE", files.nodes().toString());
    return env;
  }

  /** The values that hooks have handed on, as later ones get them. */
  public static Map<String, String> variables(SortedMap<String, String> values) {
    var variables = new TreeMap<String, String>();
    values.forEach((key, value) -> variables.put("FIX_OUT_" + key, value));
    return variables;
  }

  private static String environments(RunPlan plan, Optional<PlannedNode> node) {
    return facts(plan, node).stream()
        .map(NodeFacts::environment)
        .distinct()
        .sorted()
        .collect(Collectors.joining(","));
  }

  private static String roles(RunPlan plan, Optional<PlannedNode> node) {
    var roles = new TreeSet<String>();
    facts(plan, node).forEach(n -> roles.addAll(n.roles()));
    return String.join(",", roles);
  }

  private static List<NodeFacts> facts(RunPlan plan, Optional<PlannedNode> node) {
    return node.map(n -> List.of(n.facts()))
        .orElseGet(() -> plan.nodes().stream().map(PlannedNode::facts).toList());
  }
}
