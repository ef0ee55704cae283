package dev.kitchenhooks.history;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.function.Function;

/** Finds what a stored word stands for. */
final class Words {
  private Words() {}

  static <T> T find(T[] values, Function<T, String> word, String stored) throws SQLException {
    return Arrays.stream(values)
        .filter(value -> word.apply(value).equals(stored))
        .findFirst()
        .orElseThrow(() -> new SQLException("the word \"" + stored + "\" is not known"));
  }
}
