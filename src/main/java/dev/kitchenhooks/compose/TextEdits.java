package dev.kitchenhooks.compose;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Changes to a text that leave all the rest of it as it is, to the byte. */
final class TextEdits {
  /** Where new entries of a block are put. */
  enum Placement {
    AFTER_THE_LAST,
    /** Where the last one ends in a way that cannot be gone on after. */
    BEFORE_THE_FIRST
  }

  /**
   * @param start first character that is replaced
   * @param end just after the last one; the start where something is inserted
   */
  private record Edit(int start, int end, String text) {}

  private final String text;
  private final Placement placement;
  private final String lineEnd;
  private final List<Edit> edits = new ArrayList<>();

  /** What was replaced or added to, by identity. */
  private final Set<YamlNode> touched = Collections.newSetFromMap(new IdentityHashMap<>());

  TextEdits(String text, Placement placement) {
    this.text = text;
    this.placement = placement;
    int first = text.indexOf('\n');
    this.lineEnd = first > 0 && text.charAt(first - 1) == '\r' ? "\r\n" : "\n";
  }

  /** Whether a node is replaced or added to. */
  boolean touch(YamlNode node) {
    return touched.contains(node);
  }

  /** A node as it is written. */
  String written(YamlNode node) {
    return text.substring(node.span().start(), node.span().end());
  }

  /** Puts something in the place of a node; its anchor stays. */
  void replace(YamlNode node, String replacement) {
    touched.add(node);
    Span span = node.span();
    String before = "";
    String after = "";
    if (span.isEmpty()) {
      // What has no text stands right behind its colon, or behind its key where it has none.
      before = text.charAt(span.start() - 1) == ':' ? " " : ": ";
    } else if (text.charAt(span.end() - 1) == '\n') {
      // The lines of a block of text, the last one's end included.
      after = lineEnd;
    }
    String anchor = node.anchor().map(name -> "&" + name + " ").orElse("");
    edits.add(new Edit(span.start(), span.end(), before + anchor + replacement + after));
  }

  /**
   * Adds entries to a mapping.
   *
   * @param block in which lines they are written in a block; those after the first are indented
   *     below its first key
   * @param flow how the same is written in braces
   */
  void append(YamlNode.Mapping mapping, List<String> block, List<String> flow) {
    touched.add(mapping);
    if (mapping.flow()) {
      appendFlow(
          mapping,
          mapping.entries().isEmpty() ? mapping : mapping.entries().getLast().value(),
          flow);
    } else {
      int first = mapping.entries().getFirst().key().span().start();
      insertLines(mapping, first, mapping.indentation(), block);
    }
  }

  /** Adds items to a sequence. */
  void append(YamlNode.Sequence sequence, List<String> items) {
    touched.add(sequence);
    if (sequence.flow()) {
      appendFlow(
          sequence, sequence.items().isEmpty() ? sequence : sequence.items().getLast(), items);
    } else {
      int dash = firstDash(sequence);
      insertLines(
          sequence,
          dash,
          dash - startOfLine(dash),
          items.stream().map(item -> "- " + item).toList());
    }
  }

  /** {@code last} is the collection itself where it is empty. */
  private void appendFlow(YamlNode collection, YamlNode last, List<String> parts) {
    String joined = String.join(", ", parts);
    if (last.equals(collection)) {
      insert(collection.span().end() - 1, joined);
    } else {
      insert(last.span().end(), ", " + joined);
    }
  }

  private void insertLines(YamlNode block, int first, int indentation, List<String> lines) {
    String indent = " ".repeat(indentation);
    YamlNode last = last(block);
    if (placement == Placement.BEFORE_THE_FIRST || isUnendedText(last)) {
      insert(first, String.join(lineEnd + indent, lines) + lineEnd + indent);
      return;
    }
    int end = last.span().end();
    int next = end == startOfLine(end) ? end : text.indexOf('\n', end) + 1;
    String added = indent + String.join(lineEnd + indent, lines);
    if (next > 0) {
      insert(next, added + lineEnd);
    } else {
      insert(text.length(), lineEnd + added);
    }
  }

  /** Whether the text ends in a block of text without a line end, which would become part of it. */
  private boolean isUnendedText(YamlNode last) {
    int end = last.span().end();
    return last instanceof YamlNode.Scalar scalar
        && !scalar.plain()
        && end == text.length()
        && "\"'\n".indexOf(text.charAt(end - 1)) < 0;
  }

  private void insert(int at, String added) {
    edits.add(new Edit(at, at, added));
  }

  private int startOfLine(int at) {
    // A byte order mark is no part of the first line.
    return Math.max(text.lastIndexOf('\n', at - 1) + 1, text.startsWith("\uFEFF") ? 1 : 0);
  }

  /** What ends with the last character of a node that says something; comments may follow. */
  private static YamlNode last(YamlNode node) {
    return switch (node) {
      case YamlNode.Mapping mapping when !mapping.flow() ->
          last(mapping.entries().getLast().value());
      case YamlNode.Sequence sequence when !sequence.flow() -> last(sequence.items().getLast());
      default -> node;
    };
  }

  /** A block's place is that of its anchor or tag, if it has one. */
  private int firstDash(YamlNode.Sequence sequence) {
    int at = sequence.span().start();
    while (text.charAt(at) != '-') {
      at =
          switch (text.charAt(at)) {
            case '#' -> text.indexOf('\n', at);
            case '&', '!' -> endOfWord(at);
            default -> at + 1;
          };
    }
    return at;
  }

  private int endOfWord(int at) {
    int end = at;
    while (!Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** The text with all changes made. */
  String apply() {
    var result = new StringBuilder(text.length() + 1_024);
    int done = 0;
    for (Edit edit : edits.stream().sorted(Comparator.comparingInt(Edit::start)).toList()) {
      result.append(text, done, edit.start()).append(edit.text());
      done = edit.end();
    }
    return result.append(text, done, text.length()).toString();
  }
}
