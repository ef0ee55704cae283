package dev.kitchenhooks.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.problem.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonPointer;

class JsonDocumentTest {
  private static final List<String> KEYS = List.of("a", "b/c", "d~e", "~1", "", "0", "é");

  /** Writes random JSON and notes where it put each value. */
  private static final class Writer {
    private record Place(String pointer, Position position) {}

    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private final List<Place> values = new ArrayList<>();
    private final List<Place> keys = new ArrayList<>();

    Writer(Random random) {
      this.random = random;
    }

    void root() {
      space();
      values.add(new Place("", here()));
      object("", 0);
      space();
    }

    void value(String pointer, int depth) {
      space();
      values.add(new Place(pointer, here()));
      switch (random.nextInt(depth > 4 ? 3 : 6)) {
        case 0 -> text.append("\"\\u00e9\\n\"");
        case 1 -> text.append(random.nextInt(1_000) - 500);
        case 2 -> text.append("null");
        case 3 -> array(pointer, depth);
        default -> object(pointer, depth);
      }
      space();
    }

    private void array(String pointer, int depth) {
      text.append('[');
      for (int i = 0, n = random.nextInt(4); i < n; i++) {
        text.append(i == 0 ? "" : ",");
        value(JsonDocument.child(pointer, i), depth + 1);
      }
      text.append(']');
    }

    private void object(String pointer, int depth) {
      text.append('{');
      for (int i = 0, n = random.nextInt(KEYS.size()); i < n; i++) {
        text.append(i == 0 ? "" : ",");
        space();
        String at = JsonDocument.child(pointer, KEYS.get(i));
        keys.add(new Place(at, here()));
        text.append('"').append(KEYS.get(i)).append("\":");
        value(at, depth + 1);
      }
      text.append('}');
    }

    private void space() {
      text.append(List.of("", " ", "\n  ", "// x\n", "/* y\n */", "\t").get(random.nextInt(6)));
    }

    private Position here() {
      int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
      return new Position(line, text.length() - text.lastIndexOf("\n"));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyPlaceAndEveryPointer(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      var writer = new Writer(random);
      // A bare scalar must not touch a comment; a file is an object anyway.
      writer.root();
      String text = writer.text.toString();
      var problems = new Problems();
      JsonDocument document = JsonDocument.parse("x.json", text, problems);
      assertThat(problems.sorted()).as(text).isEmpty();
      if (document == null) {
        throw new AssertionError(text);
      }
      for (var place : writer.values) {
        assertThat(document.valueAt(place.pointer()))
            .as("%s in %s", place.pointer(), text)
            .isEqualTo(place.position());
        assertThat(document.at(place.pointer()))
            .isSameAs(document.root().at(JsonPointer.compile(place.pointer())));
      }
      for (var place : writer.keys) {
        assertThat(document.keyAt(place.pointer())).isEqualTo(place.position());
      }
    }
  }

  @Test
  void whatIsNotThereHasThePlaceOfWhatItWouldBeIn() {
    var problems = new Problems();
    JsonDocument document = JsonDocument.parse("x.json", "\uFEFF{\n \"a\": [1, {}]}", problems);
    if (document == null) {
      throw new AssertionError(problems.sorted());
    }
    assertThat(document.valueAt("/a/1/b/c")).isEqualTo(new Position(2, 11));
    assertThat(document.keyAt("/a/7")).isEqualTo(new Position(2, 7));
    assertThat(document.valueAt("/b")).isEqualTo(Position.START);
    assertThat(document.at("/a/01").isMissingNode()).isTrue();
    assertThat(document.at("/a/-").isMissingNode()).isTrue();
    assertThat(document.at("/a/7/x").isMissingNode()).isTrue();
  }
}
