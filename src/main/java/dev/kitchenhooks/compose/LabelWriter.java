package dev.kitchenhooks.compose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds what to change in a compose file's text so that each service has some labels, and nothing
 * else means anything else. All services get the same ones, so what one service takes from another
 * by an alias or a merge is right for both.
 */
final class LabelWriter {
  private final SequencedMap<String, String> labels;
  private final TextEdits edits;
  private final YamlText write;
  private final YamlValues values = new YamlValues();
  private final LabelText text;

  LabelWriter(SequencedMap<String, String> labels, TextEdits edits, YamlText write) {
    this.labels = labels;
    this.edits = edits;
    this.write = write;
    this.text = new LabelText(labels, write, values);
  }

  /** Notes all changes. */
  void label(YamlNode document) {
    if (!(document instanceof YamlNode.Mapping root)) {
      return;
    }
    Optional<YamlNode> value = ServicesInPlace.own(root, "services");
    if (value.isEmpty()) {
      return;
    }
    switch (value.get()) {
      case YamlNode.Mapping services -> services(root, services);
      case YamlNode.Alias alias when alias.target() instanceof YamlNode.Mapping services ->
          edits.replace(alias, labelledServices(services));
      case YamlNode.Alias _, YamlNode.Sequence _, YamlNode.Scalar _ -> {}
    }
  }

  private void services(YamlNode.Mapping root, YamlNode.Mapping services) {
    var inPlace = new ServicesInPlace(services, values);
    values
        .members(services)
        .forEach((name, value) -> {
          if (value.target() instanceof YamlNode.Mapping definition && isDefined(definition)) {
            service(services, inPlace, name, value, definition);
          }
        });
    new Unsharing(inPlace, edits, write, values).visit(root);
  }

  private boolean isDefined(YamlNode.Mapping service) {
    return !values.members(service).isEmpty();
  }

  private void service(
      YamlNode.Mapping services,
      ServicesInPlace inPlace,
      String name,
      YamlNode value,
      YamlNode.Mapping definition) {
    if (ServicesInPlace.own(services, name).isEmpty()) {
      // It comes by a merge, and cannot be labelled there.
      String entry = write.word(name) + ": " + labelledCopy(definition);
      edits.append(services, List.of(entry), List.of(entry));
    } else if (inPlace.define(value)) {
      int step = definition.flow() ? 0 : definition.indentation() - services.indentation();
      inPlace(inPlace, definition, step);
    } else if (!inPlace.define(definition)) {
      var members = new LinkedHashMap<String, String>();
      members.put(YamlText.MERGE, edits.written(value));
      members.put(LabelText.KEY, text.flow(effectiveLabels(definition)));
      edits.replace(value, write.mapping(members));
    }
  }

  /** {@code services: *all}: what all of them mean, written out. */
  private String labelledServices(YamlNode.Mapping services) {
    var all = new LinkedHashMap<String, String>();
    values
        .members(services)
        .forEach((name, service) -> {
          boolean defined =
              service.target() instanceof YamlNode.Mapping definition && isDefined(definition);
          all.put(
              name,
              defined
                  ? labelledCopy((YamlNode.Mapping) service.target())
                  : write.copy(service, values));
        });
    return write.mapping(all);
  }

  private String labelledCopy(YamlNode.Mapping service) {
    var members = new LinkedHashMap<String, String>();
    values.members(service).forEach((key, value) -> members.put(key, write.copy(value, values)));
    members.put(LabelText.KEY, text.flow(effectiveLabels(service)));
    return write.mapping(members);
  }

  private void inPlace(ServicesInPlace inPlace, YamlNode.Mapping service, int step) {
    Optional<YamlNode> own = ServicesInPlace.own(service, LabelText.KEY);
    if (own.isPresent()) {
      labels(inPlace, own.get());
      return;
    }
    YamlNode effective = effectiveLabels(service);
    YamlNode.Mapping first = inPlace.labelledFirst(service);
    // From another service it takes what it needs, unless that comes between it and its labels.
    if (first == null
        || !inPlace.define(first)
        || !Objects.equals(effectiveLabels(first), effective)) {
      List<String> block = text.block(effective, step);
      edits.append(service, block, List.of(text.member(effective)));
    }
  }

  private @Nullable YamlNode effectiveLabels(YamlNode.Mapping service) {
    return values.members(service).get(LabelText.KEY);
  }

  /** Labels that stand in a service. */
  private void labels(ServicesInPlace inPlace, YamlNode node) {
    switch (node) {
      case YamlNode.Mapping mapping -> inMapping(mapping);
      case YamlNode.Sequence sequence -> inSequence(sequence);
      case YamlNode.Scalar nothing -> edits.replace(nothing, text.flow(null));
      case YamlNode.Alias alias -> {
        // Where another service has them as its own, they are labelled there.
        if (!inPlace.areLabelledBy(alias.target())) {
          edits.replace(alias, text.merging(alias, edits.written(alias)));
        }
      }
    }
  }

  private void inMapping(YamlNode.Mapping mapping) {
    SequencedMap<String, YamlNode> members = values.members(mapping);
    var missing = new ArrayList<String>();
    labels.forEach((name, value) -> {
      if (!says(members.get(name), value)) {
        ServicesInPlace.own(mapping, name)
            .ifPresentOrElse(
                own -> edits.replace(own, write.word(value)),
                () -> missing.add(write.word(name) + ": " + write.word(value)));
      }
    });
    if (!missing.isEmpty()) {
      edits.append(mapping, missing, missing);
    }
  }

  private void inSequence(YamlNode.Sequence sequence) {
    var missing = new ArrayList<String>();
    labels.forEach((name, value) -> {
      String wanted = name + "=" + value;
      sequence.items().stream()
          .filter(item -> LabelText.isNamed(name, item))
          .findFirst()
          .ifPresentOrElse(
              item -> {
                if (!says(item, wanted)) {
                  edits.replace(item, write.word(wanted));
                }
              },
              () -> missing.add(item(sequence, wanted)));
    });
    if (!missing.isEmpty()) {
      edits.append(sequence, missing);
    }
  }

  private static boolean says(@Nullable YamlNode node, String text) {
    return node != null
        && node.target() instanceof YamlNode.Scalar scalar
        && scalar.text().equals(text)
        && YamlScalars.json(scalar).isString();
  }

  /** Where the others are in quotes, so is this. */
  private String item(YamlNode.Sequence sequence, String item) {
    boolean quoted =
        !sequence.items().isEmpty()
            && sequence.items().getLast() instanceof YamlNode.Scalar last
            && !last.plain();
    return (quoted ? new YamlText(true) : write).word(item);
  }
}
