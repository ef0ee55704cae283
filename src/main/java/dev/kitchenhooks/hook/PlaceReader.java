package dev.kitchenhooks.hook;

import dev.kitchenhooks.hook.ContainerSpec.Cleanup;
import dev.kitchenhooks.hook.ContainerSpec.Source;
import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.schema.Report;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads {@code where} and {@code container}: the place where a hook runs. */
final class PlaceReader {
  private static final String CONTAINER = "/container";

  private final JsonDocument document;
  private final Report report;

  PlaceReader(JsonDocument document, Report report) {
    this.document = document;
    this.report = report;
  }

  Place read(List<HookType> types) {
    boolean onNode = document.at("/where").stringValue("").equals("node");
    if (onNode && types.stream().anyMatch(t -> t.scope() == Scope.GLOBAL)) {
      report.errorAtKey(
          "/where",
          "\"where\" is \"node\", and a global hook has no node to run on",
          "make it a node hook, or give it a definition of its own");
    }
    if (!document.at(CONTAINER).isObject()) {
      return onNode ? Place.NODE : Place.CONTROLLER;
    }
    if (onNode) {
      report.errorAtKey(
          CONTAINER,
          "a container runs on this machine, and \"where\" is \"node\"",
          "leave one out");
    }
    return new Place.InContainer(container());
  }

  private ContainerSpec container() {
    return new ContainerSpec(
        source(),
        document.at("/container/writable").booleanValue(false),
        text("user"),
        text("network"),
        text("memory"),
        cpus(),
        pids(),
        cleanup());
  }

  private Source source() {
    Optional<String> image = text("image");
    Optional<String> dockerfile = text("dockerfile");
    if (image.isPresent() == dockerfile.isPresent()) {
      report.errorAtKey(
          CONTAINER, "\"container\" must have one of \"image\" and \"dockerfile\"", null);
    }
    dockerfile.ifPresent(this::checkInside);
    return dockerfile
        .<Source>map(Source.Dockerfile::new)
        .orElse(new Source.Image(image.orElse("")));
  }

  private void checkInside(String dockerfile) {
    try {
      Path path = Path.of(dockerfile);
      if (path.isAbsolute() || path.normalize().startsWith("..")) {
        report.error(
            "/container/dockerfile",
            "%s is not inside hooks/".formatted(JsonText.quoted(dockerfile)),
            "it is relative to hooks/, or to the plugin where the hook has one");
      }
    } catch (InvalidPathException e) {
      report.error(
          "/container/dockerfile", JsonText.quoted(dockerfile) + " cannot be a file's name", null);
    }
  }

  private OptionalDouble cpus() {
    JsonNode cpus = document.at("/container/cpus");
    return cpus.isNumber() ? OptionalDouble.of(cpus.doubleValue()) : OptionalDouble.empty();
  }

  private OptionalInt pids() {
    JsonNode pids = document.at("/container/pids");
    return pids.isNumber() && pids.canConvertToInt()
        ? OptionalInt.of(pids.decimalValue().intValue())
        : OptionalInt.empty();
  }

  private Set<Cleanup> cleanup() {
    JsonNode list = document.at("/container/cleanup");
    if (!list.isArray()) {
      return Set.copyOf(EnumSet.allOf(Cleanup.class));
    }
    var cleanup = EnumSet.noneOf(Cleanup.class);
    for (JsonNode word : list) {
      switch (word.stringValue("")) {
        case "succeeded", "failed", "before" ->
            cleanup.add(Cleanup.valueOf(word.stringValue().toUpperCase(Locale.ROOT)));
        default -> {
          // The schema has said that it is none.
        }
      }
    }
    return Set.copyOf(cleanup);
  }

  private Optional<String> text(String key) {
    return Optional.ofNullable(document.at(JsonDocument.child(CONTAINER, key)).stringValue(null));
  }
}
