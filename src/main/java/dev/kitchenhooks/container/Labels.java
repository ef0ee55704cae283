package dev.kitchenhooks.container;

import dev.kitchenhooks.hook.ContainerSpec.Cleanup;
import dev.kitchenhooks.process.ProcessIdentity;
import dev.kitchenhooks.run.HookLaunch;
import dev.kitchenhooks.run.RunEvent.HookRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is written on a container: whose it is, so that a later run knows what an earlier one left.
 */
final class Labels {
  private static final String PREFIX = "dev.kitchenhooks.";
  static final String KITCHEN = PREFIX + "kitchen";
  static final String HOOK = PREFIX + "hook";
  static final String NODE = PREFIX + "node";

  /** On images: the file that they were built from. */
  static final String DOCKERFILE = PREFIX + "dockerfile";

  private static final String TYPE = PREFIX + "type";
  private static final String RUN = PREFIX + "run";
  private static final String CALL = PREFIX + "call";
  private static final String CLEANUP = PREFIX + "cleanup";
  private static final String PROCESS = PREFIX + "process";

  private static final Pattern OWNER = Pattern.compile("(\\d{1,18}):(\\d{0,18}):(.*)");
  private static final String HOST = host();

  private Labels() {}

  static Map<String, String> of(HookLaunch launch, Set<Cleanup> cleanup) {
    HookRun hookRun = launch.hookRun();
    var labels = new TreeMap<String, String>();
    labels.put(KITCHEN, launch.run().kitchen().toString());
    labels.put(HOOK, hookRun.hook().name());
    labels.put(TYPE, hookRun.hook().type().id());
    hookRun.node().ifPresent(node -> labels.put(NODE, node));
    labels.put(RUN, launch.run().runId());
    labels.put(CALL, Integer.toString(hookRun.number()));
    labels.put(
        CLEANUP, cleanup.stream().map(Cleanup::name).sorted().collect(Collectors.joining(",")));
    labels.put(PROCESS, owner(ProcessIdentity.of(ProcessHandle.current().pid())));
    return labels;
  }

  private static String owner(ProcessIdentity process) {
    String start = process.start().isPresent() ? "" + process.start().getAsLong() : "";
    return "%d:%s:%s".formatted(process.pid(), start, HOST);
  }

  /**
   * Whether the {@code fix} that made a container with these labels may still be there. Of another
   * machine nothing is known, and so it may.
   */
  static boolean ownerMayLive(Map<String, String> labels) {
    Matcher owner = OWNER.matcher(labels.getOrDefault(PROCESS, ""));
    if (!owner.matches() || !owner.group(3).equals(HOST)) {
      return true;
    }
    String start = owner.group(2);
    return new ProcessIdentity(
            Long.parseLong(owner.group(1)),
            start.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(start)))
        .isAlive();
  }

  static boolean cleansUp(Map<String, String> labels, Cleanup when) {
    return Set.of(labels.getOrDefault(CLEANUP, "").split(",", -1)).contains(when.name());
  }

  private static String host() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      // Not Linux: one machine is taken for another only if they share an engine and a kitchen.
      return "";
    }
  }
}
