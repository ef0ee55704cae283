package dev.kitchenhooks.compose;

import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.json.Position;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads one YAML document, with the place of everything in it. */
final class YamlReader {
  /** Deeper than any file written by hand; far below what would exhaust the stack. */
  private static final int MAX_DEPTH = 100;

  private static final int MAX_CHARACTERS = 16 << 20;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setUseMarks(true).setCodePointLimit(MAX_CHARACTERS).build();

  private final String file;
  private final Problems problems;
  private final Iterator<Event> events;
  private final Offsets offsets;
  private final Map<String, YamlNode> anchors = new HashMap<>();

  private YamlReader(String file, String text, Problems problems) {
    boolean mark = text.startsWith("\uFEFF");
    this.file = file;
    this.problems = problems;
    this.offsets = new Offsets(text, mark ? 1 : 0);
    this.events = new Parse(SETTINGS).parseString(mark ? text.substring(1) : text).iterator();
  }

  /**
   * Reads a text.
   *
   * @param file as shown in problems
   * @param problems receives every key that stands twice in a mapping, or the one error of syntax
   * @return the document, or null where there was an error
   */
  static @Nullable YamlDocument read(String file, String text, Problems problems) {
    var found = new Problems();
    Optional<YamlNode> root = Optional.empty();
    try {
      root = new YamlReader(file, text, found).document();
    } catch (Unreadable e) {
      found.add(e.problem);
    } catch (MarkedYamlEngineException e) {
      Position at = e.getProblemMark().map(YamlReader::position).orElse(Position.START);
      found.add(Problem.error(file, at.line(), at.column(), "not valid YAML: " + e.getProblem()));
    } catch (YamlEngineException e) {
      String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      found.add(Problem.error(file, 0, 0, "not valid YAML: " + said));
    }
    problems.addAll(found.sorted());
    return found.hasErrors() ? null : new YamlDocument(file, text, root);
  }

  /** Ends the reading. */
  private static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    Unreadable(Problem problem) {
      this.problem = problem;
    }
  }

  private Optional<YamlNode> document() {
    events.next(); // the start of the stream
    Event first = events.next();
    if (!(first instanceof DocumentStartEvent)) {
      return Optional.empty();
    }
    YamlNode root = node(events.next(), 0);
    events.next(); // the end of the document
    if (events.next() instanceof DocumentStartEvent another) {
      throw unreadable(another, "a second document", "a compose file holds one");
    }
    return Optional.of(root);
  }

  private YamlNode node(Event event, int depth) {
    if (depth > MAX_DEPTH) {
      throw unreadable(event, "nested deeper than " + MAX_DEPTH + " levels", null);
    }
    return switch (event) {
      case AliasEvent alias -> alias(alias);
      case ScalarEvent scalar -> known(scalar.getAnchor(), scalar(scalar));
      case MappingStartEvent mapping -> known(mapping.getAnchor(), mapping(mapping, depth));
      case SequenceStartEvent sequence -> known(sequence.getAnchor(), sequence(sequence, depth));
      default -> throw new IllegalStateException("event " + event);
    };
  }

  private YamlNode known(Optional<Anchor> anchor, YamlNode node) {
    anchor.ifPresent(name -> anchors.put(name.getValue(), node));
    return node;
  }

  private YamlNode alias(AliasEvent event) {
    String name = event.getAlias().getValue();
    YamlNode target = anchors.get(name);
    if (target == null) {
      throw unreadable(
          event,
          "*%s stands for nothing".formatted(name),
          "what it is to stand for must be marked &%s before it, and not hold it".formatted(name));
    }
    return new YamlNode.Alias(span(event, event), target);
  }

  private YamlNode.Scalar scalar(ScalarEvent event) {
    return new YamlNode.Scalar(
        span(event, event),
        event.getAnchor().map(Anchor::getValue),
        event.getTag(),
        event.isPlain(),
        event.getValue());
  }

  private YamlNode mapping(MappingStartEvent start, int depth) {
    var entries = new ArrayList<YamlNode.Entry>();
    var first = new HashMap<String, Position>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.MappingEnd) {
      if (!(node(event, depth + 1) instanceof YamlNode.Scalar key)) {
        throw unreadable(event, "this key is no plain word", "write the word itself");
      }
      entries.add(new YamlNode.Entry(key, node(events.next(), depth + 1)));
      Position before = first.putIfAbsent(key.text(), key.span().place());
      if (before != null) {
        problems.add(duplicate(key, before));
      }
      event = events.next();
    }
    return new YamlNode.Mapping(
        span(start, event),
        start.getAnchor().map(Anchor::getValue),
        start.isFlow(),
        List.copyOf(entries));
  }

  private Problem duplicate(YamlNode.Scalar key, Position first) {
    Position at = key.span().place();
    return Problem.error(
        file,
        at.line(),
        at.column(),
        "duplicate key %s; it stands first at %d:%d"
            .formatted(JsonText.quoted(key.text()), first.line(), first.column()));
  }

  private YamlNode sequence(SequenceStartEvent start, int depth) {
    var items = new ArrayList<YamlNode>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.SequenceEnd) {
      items.add(node(event, depth + 1));
      event = events.next();
    }
    return new YamlNode.Sequence(
        span(start, event),
        start.getAnchor().map(Anchor::getValue),
        start.isFlow(),
        List.copyOf(items));
  }

  private Span span(Event start, Event end) {
    Mark from = start.getStartMark().orElseThrow();
    Mark to = end.getEndMark().orElseThrow();
    return new Span(offsets.of(from.getIndex()), offsets.of(to.getIndex()), position(from));
  }

  private static Position position(Mark mark) {
    return new Position(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private Unreadable unreadable(Event event, String message, @Nullable String hint) {
    Position at = event.getStartMark().map(YamlReader::position).orElse(Position.START);
    return new Unreadable(Problem.error(file, at.line(), at.column(), message).withHint(hint));
  }

  /** The parser counts code points, and a text has characters. */
  private static final class Offsets {
    private final String text;
    private final int base;
    private final boolean same;
    private int points;
    private int offset;

    Offsets(String text, int start) {
      this.text = text;
      this.base = start;
      this.offset = start;
      this.same = text.chars().noneMatch(c -> Character.isSurrogate((char) c));
    }

    /** Asked for in nearly rising order, so that each step is short. */
    int of(int codePoints) {
      if (same) {
        return base + codePoints;
      }
      offset = text.offsetByCodePoints(offset, codePoints - points);
      points = codePoints;
      return offset;
    }
  }
}
