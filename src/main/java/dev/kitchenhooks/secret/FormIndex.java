package dev.kitchenhooks.secret;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Finds which forms can begin at a place of a line by one look into a table: output is long, and
 * hardly any of it is a secret.
 */
final class FormIndex {
  private static final Entry[] NONE = {};

  private final int size;
  private final Entry[][] byPair = new Entry[1 << 16][];
  private final Entry[][] byFirst = new Entry[1 << 8][];

  /**
   * @param number of the form, from 0
   */
  record Entry(int number, Form form) {}

  FormIndex(Collection<Form> forms) {
    this.size = forms.size();
    Arrays.fill(byPair, NONE);
    Arrays.fill(byFirst, NONE);
    int number = 0;
    for (Form form : List.copyOf(forms)) {
      var entry = new Entry(number++, form);
      add(byFirst, form.charAt(0) & 0xFF, entry);
      if (form.length() > 1) {
        add(byPair, pair(form.charAt(0), form.charAt(1)), entry);
      } else {
        for (int second = 0; second < 1 << 8; second++) {
          add(byPair, pair(form.charAt(0), (char) second), entry);
        }
      }
    }
  }

  int size() {
    return size;
  }

  /** The forms that may begin with these two characters. */
  Entry[] beginningWith(char first, char second) {
    return byPair[pair(first, second)];
  }

  /** The forms that may begin with a line's last character. */
  Entry[] beginningWith(char last) {
    return byFirst[last & 0xFF];
  }

  private static int pair(char first, char second) {
    return (first & 0xFF) << 8 | (second & 0xFF);
  }

  private static void add(Entry[][] table, int at, Entry entry) {
    Entry[] before = table[at];
    Entry[] after = Arrays.copyOf(before, before.length + 1);
    after[after.length - 1] = entry;
    table[at] = after;
  }
}
