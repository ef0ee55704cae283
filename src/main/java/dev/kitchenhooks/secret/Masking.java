package dev.kitchenhooks.secret;

import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.LineSplitter;
import dev.kitchenhooks.secret.FormIndex.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Masks one output. A secret may go on from a piece of a long line in the next piece, and base64
 * from one line in the next, with indentation between. A line whose end may be the begin of one is
 * held back until the next has come.
 */
final class Masking implements MaskedLines {
  /** So many characters of base64 at a line's end are no accident worth waiting for. */
  private static final int HOLDS = 4;

  /** So many are masked even where the rest never comes. */
  private static final int TELLS = 16;

  private final FormIndex index;
  private final LineSink to;
  private final Deque<MarkedLine> held = new ArrayDeque<>();

  /** For each form how far it has been searched for, counted from the first line on. */
  private final long[] searchedTo;

  private long lineBegin;
  private List<Begun> begun = List.of();
  private boolean goesOn;

  /** What has matched up to the end of the line before. */
  private record Begun(Entry entry, int matched) {}

  Masking(FormIndex index, LineSink to) {
    this.index = index;
    this.to = to;
    this.searchedTo = new long[index.size()];
  }

  @Override
  public synchronized void line(String line) {
    new Search(line).run();
  }

  @Override
  public synchronized void close() {
    release(0);
    begun = List.of();
    goesOn = false;
  }

  /** Hands on all lines but those of the last so many characters. */
  private void release(int characters) {
    int keep = 0;
    int kept = 0;
    var newestFirst = held.descendingIterator();
    while (kept < characters && newestFirst.hasNext()) {
      kept += newestFirst.next().span();
      keep++;
    }
    while (held.size() > keep) {
      to.line(held.removeFirst().masked());
    }
  }

  /** The search of one line. */
  private final class Search {
    private final String line;
    private final boolean thisGoesOn;

    /** Without the mark of a piece. */
    private final int length;

    private final MarkedLine marked;
    private final List<Begun> begunHere = new ArrayList<>();

    Search(String line) {
      this.line = line;
      this.thisGoesOn = line.endsWith(LineSplitter.CONTINUES);
      this.length = line.length() - (thisGoesOn ? LineSplitter.CONTINUES.length() : 0);
      int from = goesOn ? 0 : notBlank(line, length);
      int end = thisGoesOn ? length : lastNotBlank(line, from, length);
      this.marked = new MarkedLine(line, from, end);
    }

    void run() {
      for (Begun before : begun) {
        search(before.entry(), marked.from(), before.matched());
      }
      for (int i = 0; i < line.length(); i++) {
        Entry[] entries =
            i + 1 < length
                ? index.beginningWith(line.charAt(i), line.charAt(i + 1))
                : index.beginningWith(line.charAt(i));
        for (Entry entry : entries) {
          if (searchedTo[entry.number()] <= lineBegin + i) {
            search(entry, i, 0);
          }
        }
      }
      finish();
    }

    private void search(Entry entry, int start, int state) {
      Form form = entry.form();
      int base = state > 0 ? marked.from() : 0;
      int matched = state;
      int i = start;
      while (i < line.length()) {
        if (i == marked.to()) {
          begin(entry, base, matched);
        }
        int before = matched;
        matched = form.next(matched, line.charAt(i));
        if (matched <= before && before >= TELLS && before > i - base) {
          mark(form, base, i, before);
        }
        i++;
        if (matched == form.length()) {
          mark(form, base, i, matched);
        }
        if (matched == 0) {
          break;
        }
      }
      if (i == marked.to() && i == line.length()) {
        begin(entry, base, matched);
      }
      searchedTo[entry.number()] = lineBegin + i;
    }

    /** The line ends, and so many characters have matched: the rest may come with the next. */
    private void begin(Entry entry, int base, int matched) {
      int open = entry.form().open(matched);
      if (open > 0 && (thisGoesOn || entry.form().mayBeWrapped())) {
        begunHere.add(new Begun(entry, open));
        if (open >= TELLS) {
          mark(entry.form(), base, marked.to(), open);
        }
      }
    }

    /** Marks so many characters before a place, in this line and in those held back. */
    private void mark(Form form, int base, int end, int matched) {
      int begin = end - matched;
      if (begin >= base) {
        marked.mark(form.begin(line, begin), form.end(line, end));
        return;
      }
      marked.mark(base, form.end(line, end));
      int left = base - begin;
      var newestFirst = held.descendingIterator();
      while (left > 0 && newestFirst.hasNext()) {
        MarkedLine earlier = newestFirst.next();
        earlier.mark(Math.max(earlier.from(), earlier.to() - left), earlier.to());
        left -= earlier.span();
      }
    }

    private void finish() {
      held.addLast(marked);
      int hold = 0;
      if (marked.span() > 0) {
        begun = begunHere;
        for (Begun each : begunHere) {
          if (each.matched() < TELLS && (thisGoesOn || each.matched() >= HOLDS)) {
            hold = Math.max(hold, each.matched());
          }
        }
      } else {
        begun = List.of();
      }
      goesOn = thisGoesOn;
      lineBegin += line.length() + 1;
      release(hold);
    }
  }

  private static int notBlank(String line, int length) {
    int i = 0;
    while (i < length && line.charAt(i) <= ' ') {
      i++;
    }
    return i;
  }

  private static int lastNotBlank(String line, int from, int length) {
    int i = length;
    while (i > from && line.charAt(i - 1) <= ' ') {
      i--;
    }
    return i;
  }
}
