package dev.kitchenhooks.hook;

import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.json.Position;
import dev.kitchenhooks.problem.Problem;
import java.util.List;
import java.util.Map;

/**
 * What {@link HookDefinitions#load} found.
 *
 * @param hooks every definition without an error, in the order of their files
 * @param problems every error and warning of every file, sorted by place
 * @param documents the files of {@code hooks}, by the hook's name: where each key and value stands
 */
public record Loaded(
    List<HookDefinition> hooks, List<Problem> problems, Map<String, JsonDocument> documents) {

  /** Where the value at a pointer of a hook's definition starts. */
  public Position valueAt(HookDefinition hook, String pointer) {
    JsonDocument document = documents.get(hook.name());
    return document == null ? Position.START : document.valueAt(pointer);
  }
}
