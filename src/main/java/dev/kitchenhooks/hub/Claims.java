package dev.kitchenhooks.hub;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which application put what into {@code apps.json}. The names there do not tell: {@code a-b-c} is
 * service {@code c} of {@code a-b}, or {@code b-c} of {@code a}. Where both claim it, the later one
 * is shown, and the other again when that is gone. Immutable.
 */
record Claims(SortedMap<Slot, List<Claim>> bySlot) {
  static final Claims NONE = new Claims(new TreeMap<>());

  Claims {
    var copy = new TreeMap<Slot, List<Claim>>();
    bySlot.forEach((slot, claims) -> {
      if (!claims.isEmpty()) {
        copy.put(slot, List.copyOf(claims));
      }
    });
    bySlot = Collections.unmodifiableSortedMap(copy);
  }

  /** The claim that is shown in a slot. */
  Optional<Claim> shown(Slot slot) {
    return Optional.ofNullable(bySlot.get(slot)).map(List::getLast);
  }

  /** The slots that an application has claimed in an environment. */
  Set<Slot> of(String application, String environment) {
    return bySlot.entrySet().stream()
        .filter(e -> e.getKey().environment().equals(environment))
        .filter(e -> e.getValue().stream().anyMatch(c -> c.application().equals(application)))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Without anything that an application says of an environment. */
  Claims without(String application, String environment) {
    var rest = new TreeMap<>(bySlot);
    for (Slot slot : of(application, environment)) {
      rest.computeIfPresent(
          slot,
          (_, claims) ->
              claims.stream().filter(c -> !c.application().equals(application)).toList());
    }
    return new Claims(rest);
  }

  /** With more claims, each the latest of its slot. */
  Claims with(String environment, List<Claim> more) {
    var all = new TreeMap<>(bySlot);
    for (Claim claim : more) {
      all.merge(
          new Slot(claim.key(), environment),
          List.of(claim),
          (old, added) -> Stream.concat(old.stream(), added.stream()).toList());
    }
    return new Claims(all);
  }

  /** All that is claimed in either. */
  Claims and(Claims other) {
    var all = new TreeMap<>(bySlot);
    other.bySlot.forEach((slot, claims) ->
        all.merge(
            slot,
            claims,
            (mine, theirs) -> {
              var both = new ArrayList<>(mine);
              both.removeAll(theirs);
              both.addAll(theirs);
              return both;
            }));
    return new Claims(all);
  }
}
