package dev.kitchenhooks.app;

import dev.kitchenhooks.remote.ShellWords;
import dev.kitchenhooks.testkit.FixProcess;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A kitchen's hooks for dashboards and the hub, as they are shipped, in plain directories. */
final class ShippedAppHooks {
  private final Path kitchen;

  private ShippedAppHooks(Path kitchen) {
    this.kitchen = kitchen;
  }

  /** Switches them on. */
  static ShippedAppHooks in(KitchenBuilder kitchen, Path scratch) throws IOException {
    var hooks = new ShippedAppHooks(kitchen.directory());
    Files.createDirectories(hooks.dashboards());
    Files.createDirectories(hooks.kitchen.resolve("hub"));
    kitchen
        .file(
            "confs/monitoring/monitoring.json",
            "{\"directory\": \"%s\", \"lock_wait\": \"1m\"}"
                .formatted(hooks.dashboards().getParent()))
        .file(
            "confs/hub/hub.json",
            "{\"directory\": \"%s\"}".formatted(hooks.kitchen.resolve("hub")));
    String fix = ShellWords.join(FixProcess.program(scratch));
    for (String name : new String[] {"monitoring", "hub"}) {
      kitchen
          .script("app/" + name, "exec " + fix + " app-hook " + name + " \"$@\"")
          .hookDef(
              "app-" + name + ".json",
              Files.readString(Path.of("kitchen/hook-defs/app-%s.json".formatted(name)))
                  .replace("\"enabled\": false", "\"timeout\": \"2m\""));
    }
    return hooks;
  }

  /** Where dashboards are written. */
  Path dashboards() {
    return kitchen.resolve("grafana/dashboards");
  }

  Path dashboard(String app) {
    return dashboards().resolve(app + "_services.json");
  }

  /** Where the hub's files are. */
  Path hub() {
    return kitchen.resolve("hub/data");
  }
}
