package dev.kitchenhooks.container;

import dev.kitchenhooks.process.LocalProcesses;
import dev.kitchenhooks.run.ProcessRunner;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Whether hooks can run in containers here. Asks the engine. */
public final class EngineCheck {
  /**
   * @param message what is missing, for people: {@code there is neither docker nor podman}
   * @param hint what to do
   */
  public record Fault(String message, String hint) {}

  private EngineCheck() {}

  /**
   * What is wrong with the engine that hooks would be run by; empty where it answers.
   *
   * @param configured {@code [hooks] container_engine}
   * @param caller the caller's environment
   * @param kitchen the kitchen
   */
  public static Optional<Fault> check(
      Optional<String> configured, Map<String, String> caller, Path kitchen) {
    ProcessRunner processes = new LocalProcesses()::run;
    Engine engine;
    try {
      engine = Engine.find(configured, caller, kitchen, processes);
    } catch (EngineFault e) {
      return Optional.of(
          new Fault(
              e.message(),
              "install one, or say where it is: [hooks] container_engine in littlechef.cfg"));
    }
    // Both engines know it, and neither answers without being able to run something.
    Engine.Answer answer = engine.call("ps", "--quiet", "--filter", "label=" + Labels.KITCHEN);
    return answer.ok()
        ? Optional.empty()
        : Optional.of(
            new Fault(
                "%s does not answer: %s".formatted(engine.name(), answer.message()),
                "\"%s ps\" must work for you".formatted(engine.name())));
  }
}
