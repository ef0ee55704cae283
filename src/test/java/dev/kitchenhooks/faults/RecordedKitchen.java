package dev.kitchenhooks.faults;

import dev.kitchenhooks.testkit.KitchenBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A kitchen whose hooks write down how they were called. There is one hook of each type, and one
 * that cleans up after each node and after the run whatever happened. The global post hook hands on
 * the run's own code, so that a run exits with what the rules made of it.
 */
final class RecordedKitchen {
  private final KitchenBuilder kitchen;

  RecordedKitchen(Path directory, Path sshConfig, List<String> nodes, String... moreConfig) {
    kitchen = KitchenBuilder.in(directory);
    var cfg = new java.util.ArrayList<>(List.of("[userinfo]", "ssh-config = " + sshConfig));
    cfg.addAll(List.of(moreConfig));
    kitchen.cfg(cfg.toArray(String[]::new));
    nodes.forEach(kitchen::node);
    kitchen.script(
        "record",
        "echo \"$FIX_HOOK_NAME $*\" >> calls",
        "[ ! -p hold.$FIX_HOOK_NAME ] || read -r _ < hold.$FIX_HOOK_NAME");
    kitchen.script(
        "hand-on",
        "echo \"$FIX_HOOK_NAME $*\" >> calls",
        "[ ! -p hold.$FIX_HOOK_NAME ] || read -r _ < hold.$FIX_HOOK_NAME",
        "exit \"$1\"");
    hook("g-pre", "global_predeployhook", "record", "");
    hook("n-pre", "node_predeployhook", "record", "");
    hook("n-post", "node_postdeployhook", "record", "");
    hook("n-tidy", "node_postdeployhook", "record", ", \"run_condition\": \"always\"");
    hook("g-post", "global_postdeployhook", "hand-on", "");
    hook(
        "g-tidy",
        "global_postdeployhook",
        "record",
        ", \"run_condition\": \"always\", \"required\": false");
  }

  private void hook(String name, String type, String exec, String more) {
    kitchen.hookDef(
        name + ".json",
        "{\"name\": \"%s\", \"type\": \"%s\", \"exec\": \"%s\"%s}"
            .formatted(name, type, exec, more));
  }

  KitchenBuilder builder() {
    return kitchen;
  }

  Path directory() {
    return kitchen.directory();
  }

  /** Makes a hook wait at a named pipe after it has written down its call. */
  Path hold(String hook) throws IOException, InterruptedException {
    Path pipe = directory().resolve("hold." + hook);
    int code = new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IOException("mkfifo exited " + code);
    }
    return pipe;
  }

  /** How hooks were called, in order: name and arguments. */
  List<String> calls() throws IOException {
    Path calls = directory().resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }
}
