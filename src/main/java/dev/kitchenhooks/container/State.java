package dev.kitchenhooks.container;

import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the engine says of a container.
 *
 * @param status {@code created}, {@code running}, {@code exited}, ...
 * @param exitCode of its program; of a container that was never started, why
 * @param outOfMemory whether its limit of memory killed something in it
 * @param error why it could not be started; else empty
 */
record State(String status, int exitCode, boolean outOfMemory, String error) {

  static final Set<String> ENDED = Set.of("exited", "dead", "stopped", "removing");
  static final Set<String> NEVER_STARTED = Set.of("created", "initialized", "configured");

  static State of(Engine engine, String container) throws EngineFault {
    Engine.Answer answer =
        engine.call("inspect", "--format", "{{json .State}}", container).orThrow();
    try {
      JsonNode state = JsonMapper.shared().readTree(String.join("", answer.lines()));
      return new State(
          state.path("Status").stringValue(""),
          state.path("ExitCode").intValue(EngineFault.ENGINE_FAILED),
          state.path("OOMKilled").booleanValue(false),
          state.path("Error").stringValue(""));
    } catch (JacksonException e) {
      throw EngineFault.of(
          "%s inspect answers what is no JSON: %s".formatted(engine.name(), answer.message()));
    }
  }

  boolean ended() {
    return ENDED.contains(status);
  }

  boolean neverStarted() {
    return NEVER_STARTED.contains(status);
  }

  /** Whether an answer says that there is no such container. */
  static boolean isGone(String message) {
    String words = message.toLowerCase(Locale.ROOT);
    return words.contains("no such container")
        || words.contains("no such object")
        || words.contains("no container with");
  }
}
