package dev.kitchenhooks.plan;

import dev.kitchenhooks.hook.HookDefinition;
import dev.kitchenhooks.hook.HookType;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * {@code --no-hooks} and {@code --skip-hooks TYPE|NAME|tag:TAG}.
 *
 * @param all {@code --no-hooks}
 * @param skips one for each {@code --skip-hooks}
 */
public record SkipFlags(boolean all, List<Skip> skips) {
  public static final SkipFlags NONE = new SkipFlags(false, List.of());

  private static final String TAG = "tag:";

  /** What one {@code --skip-hooks} leaves out. */
  public sealed interface Skip {
    record OfType(HookType type) implements Skip {}

    record Named(String name) implements Skip {}

    record Tagged(String tag) implements Skip {}
  }

  /**
   * Reads the flags. A value that stands for nothing is refused: whoever misspells the hook to be
   * left out must not see it run.
   *
   * @param values of {@code --skip-hooks}
   * @param phases declared beside those that are built in
   * @throws FixException if a value is no hook's type, name or tag
   */
  public static SkipFlags parse(
      boolean noHooks,
      List<String> values,
      List<HookDefinition> definitions,
      Collection<String> phases) {
    var names = new TreeSet<String>();
    var tags = new TreeSet<String>();
    for (HookDefinition definition : definitions) {
      names.add(definition.name());
      tags.addAll(definition.tags());
    }
    List<String> types = HookType.all(phases).stream().map(HookType::id).toList();
    var skips = new ArrayList<Skip>();
    for (String value : values) {
      if (value.startsWith(TAG) && tags.contains(value.substring(TAG.length()))) {
        skips.add(new Skip.Tagged(value.substring(TAG.length())));
      } else if (types.contains(value)) {
        skips.add(new Skip.OfType(HookType.parse(value).orElseThrow()));
      } else if (names.contains(value)) {
        skips.add(new Skip.Named(value));
      } else {
        throw unknown(value, types, names, tags);
      }
    }
    return new SkipFlags(noHooks, List.copyOf(skips));
  }

  private static FixException unknown(
      String value, List<String> types, Collection<String> names, Collection<String> tags) {
    var known = new ArrayList<>(types);
    known.addAll(names);
    tags.forEach(tag -> known.add(TAG + tag));
    String hint = Nearest.hint(value, known);
    return FixException.invalid(
        "--skip-hooks %s: no hook has this type, name or tag".formatted(value),
        hint == null ? "fix hooks list shows them; a tag is given as tag:TAG" : hint);
  }

  /** The flag that leaves a hook out, as the operator gave it; empty if none does. */
  public Optional<String> reasonFor(PlannedHook hook) {
    if (all) {
      return Optional.of("--no-hooks");
    }
    return skips.stream().filter(skip -> covers(skip, hook)).map(SkipFlags::flag).findFirst();
  }

  private static boolean covers(Skip skip, PlannedHook hook) {
    return switch (skip) {
      case Skip.OfType(HookType type) -> hook.type().equals(type);
      case Skip.Named(String name) -> hook.name().equals(name);
      case Skip.Tagged(String tag) -> hook.definition().tags().contains(tag);
    };
  }

  private static String flag(Skip skip) {
    return "--skip-hooks "
        + switch (skip) {
          case Skip.OfType(HookType type) -> type.id();
          case Skip.Named(String name) -> name;
          case Skip.Tagged(String tag) -> TAG + tag;
        };
  }
}
