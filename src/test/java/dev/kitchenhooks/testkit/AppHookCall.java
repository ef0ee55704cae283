package dev.kitchenhooks.testkit;

import dev.kitchenhooks.apphook.AppCall;
import dev.kitchenhooks.apphook.AppHook;
import dev.kitchenhooks.apphook.AppHookContext;
import dev.kitchenhooks.apphook.AppMoment;
import dev.kitchenhooks.apphook.Confs;
import dev.kitchenhooks.container.Volumes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Calls hooks of applications in a kitchen of their own, with a compose file. */
public final class AppHookCall {
  private final Path kitchen;
  private final Map<String, String> variables = new HashMap<>(System.getenv());
  private Optional<String> engine = Optional.of("/nowhere/docker");

  private AppHookCall(Path kitchen) {
    this.kitchen = kitchen;
  }

  /** In a directory that is made; there is no container engine. */
  public static AppHookCall in(Path kitchen) throws IOException {
    Files.createDirectories(kitchen.resolve("confs"));
    return new AppHookCall(kitchen);
  }

  /** With a file below {@code confs/}. */
  public AppHookCall conf(String path, String text) throws IOException {
    Path file = kitchen.resolve("confs").resolve(path);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
    return this;
  }

  /** With what the compose file says from now on. */
  public AppHookCall compose(String text) throws IOException {
    Files.writeString(composeFile(), text);
    return this;
  }

  /** With a variable of the caller. */
  public AppHookCall with(String name, String value) {
    variables.put(name, value);
    return this;
  }

  /** With this engine, or whichever is there. */
  public AppHookCall engine(Optional<String> program) {
    engine = program;
    return this;
  }

  public Path composeFile() {
    return kitchen.resolve("compose.yml");
  }

  public Path targetDirectory() {
    return kitchen.resolve("target");
  }

  /** Calls a hook, and returns what it said. */
  public List<String> call(AppHook hook, AppMoment moment, String app, String environment) {
    var said = new ArrayList<String>();
    call(hook, moment, app, environment, said::add);
    return said;
  }

  /** The same, told line by line: also what is said before a failure. */
  public void call(
      AppHook hook, AppMoment moment, String app, String environment, Consumer<String> say) {
    hook.run(
        new AppCall(moment, app, environment, "v1.2.3", composeFile(), targetDirectory()),
        context(say));
  }

  /** Calls what stands at the end of a run, and returns what it said. */
  public List<String> ofRun(Consumer<AppHookContext> hook) {
    var said = new ArrayList<String>();
    hook.accept(context(said::add));
    return said;
  }

  private AppHookContext context(Consumer<String> say) {
    return new AppHookContext(
        kitchen, Confs.of(kitchen), variables, new Volumes(engine, variables, kitchen), say);
  }
}
