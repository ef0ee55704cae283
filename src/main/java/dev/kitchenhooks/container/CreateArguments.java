package dev.kitchenhooks.container;

import dev.kitchenhooks.container.Images.Image;
import dev.kitchenhooks.hook.ContainerSpec;
import dev.kitchenhooks.run.HookLaunch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The arguments that make a container of a launch. No variable's value is among them. */
final class CreateArguments {
  private static final Path SELINUX = Path.of("/sys/fs/selinux/enforce");

  private final List<String> arguments = new ArrayList<>();

  private CreateArguments() {}

  /**
   * @param name of the container
   * @param environment the file of variables
   * @param passed names of variables whose values the engine's program has in its own environment
   */
  static List<String> of(
      HookLaunch launch,
      ContainerSpec spec,
      Image image,
      String name,
      Path environment,
      Collection<String> passed)
      throws EngineFault {
    var create = new CreateArguments();
    // Its init passes signals on to the hook, and ends all of the container with it.
    create.add("create", "--name", name, "--init", "--pull=never", "--workdir", Inside.KITCHEN);
    Labels.of(launch, spec.cleanup()).forEach((k, v) -> create.add("--label", k + "=" + v));
    create.add("--env-file", environment.toString());
    passed.forEach(variable -> create.add("--env", variable));
    create.mounts(launch, spec);
    create.limits(spec);
    create.program(new Inside(launch), image);
    return List.copyOf(create.arguments);
  }

  private void mounts(HookLaunch launch, ContainerSpec spec) {
    Path kitchen = launch.run().kitchen();
    bind(kitchen, Inside.KITCHEN, !spec.writable());
    // What other runs and hooks have there is not this hook's.
    add("--mount", "type=tmpfs,target=" + Inside.KITCHEN + "/.fix");
    bind(launch.files().directory(), Inside.FILES, false);
    if (launch.definition().plugin().isPresent()) {
      bind(launch.definition().root(kitchen), Inside.PLUGIN, true);
    }
    if (Files.exists(SELINUX)) {
      // The other way is to give the files of the kitchen another label, for good.
      add("--security-opt", "label=disable");
    }
  }

  private void bind(Path source, String target, boolean readOnly) {
    String field = "source=" + source;
    // The value is a line of CSV.
    String quoted = "\"" + field.replace("\"", "\"\"") + "\"";
    add(
        "--mount",
        "type=bind,%s,target=%s%s".formatted(quoted, target, readOnly ? ",readonly" : ""));
  }

  private void limits(ContainerSpec spec) {
    spec.user().ifPresent(user -> add("--user", user));
    spec.network().ifPresent(network -> add("--network", network));
    spec.memory().ifPresent(memory -> add("--memory", memory));
    spec.cpus()
        .ifPresent(cpus -> add("--cpus", java.math.BigDecimal.valueOf(cpus).toPlainString()));
    // The init is one of them, and the hook's author does not know of it.
    spec.pids().ifPresent(pids -> add("--pids-limit", Integer.toString(pids + 1)));
  }

  private void program(Inside inside, Image image) throws EngineFault {
    if (inside.program().isPresent()) {
      add("--entrypoint", inside.program().get(), image.reference());
    } else if (!image.entrypoint().isEmpty()) {
      add(image.reference());
    } else if (!image.command().isEmpty()) {
      add(image.reference());
      arguments.addAll(image.command());
    } else {
      throw EngineFault.notFound(
          "the image %s says no program: say which, by \"exec\"".formatted(image.reference()));
    }
    arguments.addAll(inside.arguments());
  }

  private void add(String... more) {
    arguments.addAll(List.of(more));
  }

  /** Readable, unique, and within what engines take: {@code fix-drain-20261122-101512-3f9a-4}. */
  static String name(HookLaunch launch) {
    String hook = launch.hookRun().hook().name().replaceAll("[^A-Za-z0-9_.-]+", "-");
    String shortened = hook.length() > 60 ? hook.substring(0, 60) : hook;
    return "fix-%s-%s-%d".formatted(shortened, launch.run().runId(), launch.hookRun().number());
  }

  /**
   * Splits variables into those for the file and those for the engine's own environment.
   *
   * @return the latter
   * @throws EngineFault if the engine's program would take one of them for its own
   */
  static Map<String, String> takeAwkward(Map<String, String> variables) throws EngineFault {
    var awkward = new java.util.TreeMap<String, String>();
    variables.forEach((name, value) -> {
      if (!Inside.fitsLine(value)) {
        awkward.put(name, value);
      }
    });
    for (String name : awkward.keySet()) {
      if (name.matches("PATH|HOME|(DOCKER|CONTAINER|BUILDAH|XDG|LD|GO)[A-Z]*_.*|GODEBUG|TMPDIR")) {
        throw EngineFault.of(
            "the variable %s cannot be given to a container with such a value: it has a line break, quotes or spaces at an end, or is very long"
                .formatted(name));
      }
    }
    variables.keySet().removeAll(awkward.keySet());
    return awkward;
  }
}
