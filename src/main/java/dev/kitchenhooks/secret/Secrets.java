package dev.kitchenhooks.secret;

import dev.kitchenhooks.process.LineSink;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The secrets of a run's hooks, read once before it starts, and the masking of all of them: what
 * one hook is given may come out of another. Immutable; its text form says nothing.
 */
public final class Secrets {
  /** Where no hook has any: masking then costs nothing. */
  public static final Secrets NONE = new Secrets(Map.of());

  /** A variable of a hook. */
  record Key(String hook, String variable) {}

  private final Map<Key, String> values;
  private final FormIndex index;

  Secrets(Map<Key, String> values) {
    this.values = Map.copyOf(values);
    var forms = new Forms();
    this.values.values().stream().distinct().forEach(forms::add);
    this.index = new FormIndex(forms.all());
  }

  /** For masking alone: secrets that are no variables of hooks. */
  public static Secrets of(Collection<String> texts) {
    return NONE.masking(texts);
  }

  /** These, and more for masking alone. */
  public Secrets masking(Collection<String> texts) {
    if (texts.isEmpty()) {
      return this;
    }
    var all = new HashMap<>(values);
    texts.forEach(text -> all.put(new Key("", Integer.toString(all.size())), text));
    return new Secrets(all);
  }

  /** What a variable of a hook is set to. */
  public String value(String hook, String variable) {
    return Objects.requireNonNull(
        values.get(new Key(hook, variable)), () -> hook + ": " + variable + " was not read");
  }

  /** Whether there is nothing to mask. */
  public boolean isEmpty() {
    return index.size() == 0;
  }

  /** What takes one program's output, to be closed at its end, and hands it on masked. */
  public MaskedLines lines(LineSink to) {
    return isEmpty() ? new Unmasked(to) : new Masking(index, to);
  }

  /** A text of one or more lines, masked. */
  public String mask(String text) {
    if (isEmpty()) {
      return text;
    }
    var masked = new ArrayList<String>();
    try (MaskedLines lines = lines(masked::add)) {
      text.lines().forEach(lines::line);
    }
    return masked.stream().collect(Collectors.joining("\n"));
  }

  /** Each text by itself. */
  public List<String> mask(List<String> texts) {
    return isEmpty() ? texts : texts.stream().map(this::mask).toList();
  }

  @Override
  public String toString() {
    return "Secrets(%d)".formatted(values.size());
  }

  private record Unmasked(LineSink to) implements MaskedLines {
    @Override
    public void line(String line) {
      to.line(line);
    }

    @Override
    public void close() {
      // Nothing is held back.
    }
  }
}
