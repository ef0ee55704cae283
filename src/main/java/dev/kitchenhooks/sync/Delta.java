package dev.kitchenhooks.sync;

import dev.kitchenhooks.remote.ShellWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What makes one tree of another: first all of {@code removed} goes, each with what is in it, then
 * all of {@code sent} comes.
 *
 * @param removed names that the other tree does not have, or as something else
 * @param sent names whose entries are new, or not as they were
 */
public record Delta(List<String> removed, NavigableSet<String> sent) {

  /** From what there is to what there shall be, each by its {@link Manifest#stamps stamps}. */
  public static Delta between(Map<String, String> have, Map<String, String> want) {
    var removed = new ArrayList<String>();
    var left = new TreeMap<>(have);
    new TreeMap<>(have)
        .forEach((name, stamp) -> {
          String wanted = want.get(name);
          // A directory takes what is in it along.
          if (left.containsKey(name) && (wanted == null || wanted.charAt(0) != stamp.charAt(0))) {
            removed.add(name);
            left.remove(name);
            left.subMap(name + "/", name + "0").clear();
          }
        });
    var sent = new TreeSet<String>();
    want.forEach((name, stamp) -> {
      if (!stamp.equals(left.get(name))) {
        sent.add(name);
      }
    });
    return new Delta(List.copyOf(removed), sent);
  }

  /**
   * The removal, for a shell in the tree: any name can be said in its words; a character a byte.
   */
  public String removal() {
    var script = new StringBuilder();
    removed.forEach(
        name -> script.append("rm -rf ").append(ShellWords.quote("./" + name)).append('\n'));
    return script.toString();
  }
}
