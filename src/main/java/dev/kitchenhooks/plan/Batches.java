package dev.kitchenhooks.plan;

import dev.kitchenhooks.problem.FixException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which nodes of a run wait for which others: a canary first, then wider.
 *
 * @param ends for each batch, in order, the index after its last node; the last is the number of
 *     nodes. Empty where the run is not divided
 */
public record Batches(List<Integer> ends) {
  /** A run that is not divided. */
  public static final Batches ONE = new Batches(List.of());

  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(%?)");

  public Batches {
    ends = List.copyOf(ends);
  }

  /**
   * Divides a run as {@code --batch} says, e.g. {@code 1,10%,50%}: each number or percentage, of
   * all nodes and rounded down, but at least one node, is the size of a batch; the last repeats
   * until no node is left.
   *
   * @param nodes how many there are
   * @throws FixException if the text is no such list
   */
  public static Batches parse(String text, int nodes) {
    var sizes = new ArrayList<Integer>();
    for (String size : text.split(",", -1)) {
      sizes.add(size(text, size.strip(), nodes));
    }
    var ends = new ArrayList<Integer>();
    int end = 0;
    for (int i = 0; end < nodes; i++) {
      int size = sizes.get(Math.min(i, sizes.size() - 1));
      end = (int) Math.min(nodes, (long) end + size);
      ends.add(end);
    }
    return ends.size() < 2 ? ONE : new Batches(ends);
  }

  private static int size(String text, String size, int nodes) {
    Matcher m = SIZE.matcher(size);
    if (!m.matches()) {
      throw refused(text, "\"%s\" is neither a number nor a percentage".formatted(size));
    }
    int number = Integer.parseInt(m.group(1));
    if (number == 0) {
      throw refused(text, "a batch has at least one node");
    }
    if (m.group(2).isEmpty()) {
      return number;
    }
    if (number > 100) {
      throw refused(text, "at most 100% was expected");
    }
    return (int) Math.max(1, (long) nodes * number / 100);
  }

  private static FixException refused(String text, String why) {
    return FixException.invalid(
        "--batch %s: %s".formatted(text, why),
        "try --batch 1,10%,50%: one node, then a tenth of all, then half of all at a time");
  }

  /** At least 1. */
  public int count() {
    return Math.max(1, ends.size());
  }

  public boolean divided() {
    return !ends.isEmpty();
  }

  /**
   * The index after the last node of a batch.
   *
   * @param batch from 0
   * @param nodes how many the run has
   */
  public int end(int batch, int nodes) {
    return divided() ? ends.get(batch) : nodes;
  }

  /** How many nodes each batch has; empty where the run is not divided. */
  public List<Integer> sizes() {
    var sizes = new ArrayList<Integer>();
    int start = 0;
    for (int end : ends) {
      sizes.add(end - start);
      start = end;
    }
    return List.copyOf(sizes);
  }
}
