package dev.kitchenhooks.console;

import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes the JSON that {@code docs/json-output.md} describes: keys in snake case, times in UTC to
 * the millisecond, durations in milliseconds; a key that has nothing to say is left out.
 */
final class JsonText {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** Always three digits, so that every time has the same length and sorts as text. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final JsonGenerator json;

  private JsonText(JsonGenerator json) {
    this.json = json;
  }

  /** One object on one line, without line end. */
  static String object(Consumer<JsonText> members) {
    return write(text -> {
      text.json.writeStartObject();
      members.accept(text);
      text.json.writeEndObject();
    });
  }

  /** One array of objects on one line, without line end. */
  static <T> String array(Collection<T> values, BiConsumer<JsonText, T> members) {
    return write(text -> text.elements(values, members));
  }

  private static String write(Consumer<JsonText> content) {
    var out = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      content.accept(new JsonText(json));
    }
    return out.toString();
  }

  JsonText text(String key, String value) {
    json.writeStringProperty(key, value);
    return this;
  }

  /** Left out where it is empty. */
  JsonText said(String key, String value) {
    return value.isEmpty() ? this : text(key, value);
  }

  JsonText text(String key, Optional<String> value) {
    value.ifPresent(v -> text(key, v));
    return this;
  }

  JsonText number(String key, long value) {
    json.writeNumberProperty(key, value);
    return this;
  }

  JsonText number(String key, OptionalInt value) {
    value.ifPresent(v -> number(key, v));
    return this;
  }

  JsonText flag(String key, boolean value) {
    json.writeBooleanProperty(key, value);
    return this;
  }

  JsonText time(String key, Instant value) {
    return text(key, TIME.format(value));
  }

  JsonText millis(String key, Duration value) {
    return number(key, value.toMillis());
  }

  JsonText texts(String key, Collection<String> values) {
    json.writeArrayPropertyStart(key);
    values.forEach(json::writeString);
    json.writeEndArray();
    return this;
  }

  /** Left out where there are none. */
  JsonText numbers(String key, Collection<Integer> values) {
    if (!values.isEmpty()) {
      json.writeArrayPropertyStart(key);
      values.forEach(json::writeNumber);
      json.writeEndArray();
    }
    return this;
  }

  JsonText object(String key, Consumer<JsonText> members) {
    json.writeObjectPropertyStart(key);
    members.accept(this);
    json.writeEndObject();
    return this;
  }

  <T> JsonText array(String key, Collection<T> values, BiConsumer<JsonText, T> members) {
    json.writeName(key);
    elements(values, members);
    return this;
  }

  private <T> void elements(Collection<T> values, BiConsumer<JsonText, T> members) {
    json.writeStartArray();
    for (T value : values) {
      json.writeStartObject();
      members.accept(this, value);
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
