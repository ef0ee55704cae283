package dev.kitchenhooks.compose;

import java.util.List;
import java.util.Optional;

/**
 * A value of a YAML text as it is written: an alias is a node of its own, and nothing is merged.
 * Two nodes are the same one only if they are the same object.
 */
sealed interface YamlNode {

  Span span();

  /** The name that aliases call it by. */
  Optional<String> anchor();

  /** The node that counts: where this is an alias, the one it stands for. */
  default YamlNode target() {
    return this instanceof Alias(_, YamlNode aliased) ? aliased.target() : this;
  }

  /**
   * Keys and values in their order, no key twice.
   *
   * @param flow whether it is written {@code {in braces}}
   */
  record Mapping(Span span, Optional<String> anchor, boolean flow, List<Entry> entries)
      implements YamlNode {

    /** Blanks before the keys of a block. */
    int indentation() {
      return entries.getFirst().key().span().indentation();
    }
  }

  /** A key and its value; {@code <<} too. */
  record Entry(Scalar key, YamlNode value) {

    /** Whether the value's entries stand in for those that the mapping has not. */
    boolean isMerge() {
      return key.plain() && key.text().equals(YamlText.MERGE);
    }
  }

  /**
   * Values in their order.
   *
   * @param flow whether it is written {@code [in brackets]}
   */
  record Sequence(Span span, Optional<String> anchor, boolean flow, List<YamlNode> items)
      implements YamlNode {}

  /**
   * A single value.
   *
   * @param tag as written, {@code !reset}
   * @param plain whether it stands without quotes, so that it may be a number or nothing
   * @param text without quotes and escapes
   */
  record Scalar(
      Span span, Optional<String> anchor, Optional<String> tag, boolean plain, String text)
      implements YamlNode {

    /** Whether it says that there is nothing: {@code ~}, {@code null}, or no text at all. */
    boolean isNull() {
      return YamlScalars.isNull(this);
    }
  }

  /** {@code *name}. */
  record Alias(Span span, YamlNode aliased) implements YamlNode {
    @Override
    public Optional<String> anchor() {
      return Optional.empty();
    }
  }
}
