package dev.kitchenhooks.hook;

import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.problem.Nearest;
import dev.kitchenhooks.schema.Report;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads {@code type}: one word or a list, the phases being those that the kitchen declares. */
final class TypesReader {
  /** The proposal's own slip, accepted so that its example loads as it stands. */
  private static final String MISSPELT = "gobal_predeployhook";

  private static final String POINTER = "/type";

  private final JsonDocument document;
  private final Report report;
  private final TreeSet<String> phases;

  TypesReader(JsonDocument document, Report report, Collection<String> declaredPhases) {
    this.document = document;
    this.report = report;
    this.phases = new TreeSet<>(declaredPhases);
    phases.addAll(HookType.BUILT_IN);
  }

  /** The types that are right; all else is reported. */
  List<HookType> read() {
    JsonNode value = document.at(POINTER);
    if (value.isMissingNode()) {
      return List.of();
    }
    if (value.isString()) {
      return one(value.stringValue(), POINTER).stream().toList();
    }
    if (!value.isArray()) {
      report.error(
          POINTER,
          "\"type\" must be a hook type or a list of them, not " + JsonText.kind(value),
          null);
      return List.of();
    }
    if (value.isEmpty()) {
      report.error(POINTER, "\"type\" must not be an empty list", null);
    }
    return list(value);
  }

  private List<HookType> list(JsonNode values) {
    var types = new ArrayList<HookType>();
    for (int i = 0; i < values.size(); i++) {
      String pointer = JsonDocument.child(POINTER, i);
      JsonNode value = values.get(i);
      if (!value.isString()) {
        report.error(
            pointer,
            "\"type[%d]\" must be a hook type, not %s".formatted(i, JsonText.kind(value)),
            null);
        continue;
      }
      Optional<HookType> type = one(value.stringValue(), pointer);
      if (type.isPresent() && types.contains(type.get())) {
        report.error(pointer, "\"type\" has \"%s\" more than once".formatted(type.get()), null);
      } else {
        type.ifPresent(types::add);
      }
    }
    return List.copyOf(types);
  }

  private Optional<HookType> one(String word, String pointer) {
    if (word.equals(MISSPELT)) {
      HookType meant = new HookType(Scope.GLOBAL, Moment.PRE, HookType.DEPLOY);
      report.warning(
          pointer,
          "\"%s\" is read as \"%s\"".formatted(MISSPELT, meant),
          "write \"%s\"".formatted(meant));
      return Optional.of(meant);
    }
    Optional<HookType> type = HookType.parse(word);
    if (type.isEmpty()) {
      String near = Nearest.hint(word, known());
      report.error(
          pointer,
          "unknown hook type " + JsonText.quoted(word),
          near == null ? "known are " + String.join(", ", known()) : near);
      return type;
    }
    if (type.get().scope() != Scope.USER && !HookType.all(phases).contains(type.get())) {
      undeclared(type.get(), pointer);
      return Optional.empty();
    }
    return type;
  }

  private void undeclared(HookType type, String pointer) {
    if (type.scope() == Scope.APP) {
      report.error(
          pointer,
          "an application is deployed or undeployed, so there is no \"%s\"".formatted(type),
          Nearest.hint(
              type.id(), known().stream().filter(known -> known.startsWith("app_")).toList()));
      return;
    }
    String declare =
        "declare it in littlechef.cfg, under [hooks]: phases = " + declaring(type.phase());
    String hint =
        Nearest.to(type.id(), known())
            .map(near -> "did you mean \"%s\"? Else %s".formatted(near, declare))
            .orElse(declare);
    report.error(
        pointer, "the phase \"%s\" of \"%s\" is not declared".formatted(type.phase(), type), hint);
  }

  /** The whole list with one phase more, to be pasted. */
  private String declaring(String phase) {
    var all = new TreeSet<>(phases);
    HookType.BUILT_IN.forEach(all::remove);
    all.add(phase);
    return String.join(", ", all);
  }

  private List<String> known() {
    return Stream.concat(HookType.all(phases).stream(), Stream.of(HookType.USER))
        .map(HookType::id)
        .toList();
  }
}
