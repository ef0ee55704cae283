package dev.kitchenhooks.container;

import dev.kitchenhooks.hook.ContainerSpec;
import dev.kitchenhooks.hook.ContainerSpec.Cleanup;
import dev.kitchenhooks.hook.Place;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.process.ProcessResult.End;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.run.HookLaunch;
import dev.kitchenhooks.run.HookRunner;
import dev.kitchenhooks.run.ProcessRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Runs hooks in containers; one for a run. */
public final class ContainerHooks implements HookRunner {
  private static final int CANNOT_START = 126;

  private final Optional<String> configured;
  private final ProcessRunner processes;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Tools tools;

  /** What the hooks of a run share. */
  private record Tools(Engine engine, Images images, Leftovers leftovers) {}

  /**
   * @param configured the engine: {@code docker}, {@code podman} or a path; empty: whichever is
   *     there
   */
  public ContainerHooks(Optional<String> configured, ProcessRunner processes) {
    this.configured = configured;
    this.processes = processes;
  }

  @Override
  public ProcessResult run(HookLaunch launch, LineSink output, StopRequest stop) {
    if (!(launch.definition().place() instanceof Place.InContainer(ContainerSpec spec))) {
      throw new IllegalArgumentException("not in a container: " + launch.hookRun().label());
    }
    long start = System.nanoTime();
    try {
      return run(launch, spec, output, stop);
    } catch (EngineFault e) {
      return e.result(Duration.ofNanos(System.nanoTime() - start));
    } catch (IOException e) {
      return new ProcessResult(
          CANNOT_START,
          End.NOT_STARTED,
          "its files cannot be made ready: " + e.getMessage(),
          Duration.ofNanos(System.nanoTime() - start));
    }
  }

  @Override
  public Given given(HookLaunch launch) {
    var inside = new Inside(launch);
    var argv = new ArrayList<String>();
    argv.add(inside.program().orElseGet(launch.definition()::program));
    argv.addAll(inside.arguments());
    return new Given(List.copyOf(argv), inside.variables(), "what the image sets, and its PATH");
  }

  private ProcessResult run(
      HookLaunch launch, ContainerSpec spec, LineSink output, StopRequest stop)
      throws EngineFault, IOException {
    Tools shared = tools(launch);
    shared.leftovers().endOrphans();
    Path base = launch.definition().base(launch.run().kitchen());
    Images.Image image = shared.images().get(spec.source(), base, output, stop);
    if (spec.cleanup().contains(Cleanup.BEFORE)) {
      shared.leftovers().removeFor(launch);
    }
    String name = CreateArguments.name(launch);
    Map<String, String> variables = new Inside(launch).variables();
    Map<String, String> passed = CreateArguments.takeAwkward(variables);
    try (var directory = CallDirectory.open(launch.files(), variables)) {
      requireGoing(stop);
      List<String> arguments =
          CreateArguments.of(launch, spec, image, name, directory.environment(), passed.keySet());
      Engine.Answer created = shared.engine().call(passed, arguments);
      directory.forgetEnvironment();
      if (!created.ok()) {
        // Also one that was made although its answer came too late.
        shared.engine().call("rm", "--force", "--volumes", name);
        throw EngineFault.of("its container cannot be made: " + created.message());
      }
      var container =
          new ContainerRun(
              shared.engine(),
              name,
              spec,
              launch.definition().timeout(),
              launch.definition().killAfter(),
              stop);
      ProcessResult result = container.run(output);
      directory.takeBackComposeFile();
      if (!container.isRemoved()) {
        shared.leftovers().left(launch, name);
      }
      return result;
    }
  }

  private static void requireGoing(StopRequest stop) throws EngineFault {
    if (stop.level() != StopRequest.Level.NONE) {
      throw EngineFault.stopped();
    }
  }

  private Tools tools(HookLaunch launch) throws EngineFault {
    lock.lock();
    try {
      Tools known = tools;
      if (known == null) {
        Path kitchen = launch.run().kitchen();
        Engine engine = Engine.find(configured, launch.run().caller(), kitchen, processes);
        known = new Tools(engine, new Images(engine), new Leftovers(engine, kitchen));
        tools = known;
      }
      return known;
    } finally {
      lock.unlock();
    }
  }
}
