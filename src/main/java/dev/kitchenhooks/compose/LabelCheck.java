package dev.kitchenhooks.compose;

import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.util.Collection;
import java.util.HashSet;
import tools.jackson.databind.JsonNode;

/** Finds labels that compose would not take, and to which none can be added. */
final class LabelCheck {
  private LabelCheck() {}

  /**
   * @param names of the labels that are to be set
   * @throws FixException with all that is wrong in all services
   */
  static void check(ComposeFile compose, Collection<String> names) {
    var problems = new Problems();
    for (ComposeService service : compose.services()) {
      String pointer =
          JsonDocument.child(JsonDocument.child("/services", service.name()), "labels");
      JsonNode labels = service.definition().path("labels");
      if (labels.isArray()) {
        list(compose, pointer, labels, names, problems);
      } else if (!labels.isObject() && !labels.isNull() && !labels.isMissingNode()) {
        problems.add(wrong(compose, pointer, "a mapping or a list of K=V", labels));
      }
    }
    problems.throwIfErrors("the services of %s cannot be labelled".formatted(compose.file()));
  }

  private static void list(
      ComposeFile compose,
      String pointer,
      JsonNode list,
      Collection<String> names,
      Problems problems) {
    var seen = new HashSet<String>();
    for (int i = 0; i < list.size(); i++) {
      String at = JsonDocument.child(pointer, i);
      JsonNode item = list.get(i);
      if (item.isContainer()) {
        problems.add(wrong(compose, at, "K=V", item));
        continue;
      }
      String name = item.asString().replaceFirst("=.*", "");
      if (names.contains(name) && !seen.add(name)) {
        problems.add(
            compose
                .errorAt(at, "the label %s stands here again".formatted(JsonText.quoted(name)))
                .withHint("leave one of them out"));
      }
    }
  }

  private static Problem wrong(
      ComposeFile compose, String pointer, String expected, JsonNode found) {
    return compose.errorAt(
        pointer,
        "%s must be %s, not %s"
            .formatted(YamlDocument.name(pointer), expected, YamlDocument.kind(found)));
  }
}
