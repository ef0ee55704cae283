package dev.kitchenhooks.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The current row of a result, its columns as the types that this package stores. */
record Row(ResultSet rows) {
  boolean has(String column) throws SQLException {
    return rows.getObject(column) != null;
  }

  String text(String column) throws SQLException {
    String text = rows.getString(column);
    return text == null ? "" : text;
  }

  Optional<String> optionalText(String column) throws SQLException {
    return Optional.ofNullable(rows.getString(column));
  }

  long number(String column) throws SQLException {
    return rows.getLong(column);
  }

  OptionalInt optionalInt(String column) throws SQLException {
    return has(column) ? OptionalInt.of(rows.getInt(column)) : OptionalInt.empty();
  }

  OptionalLong optionalLong(String column) throws SQLException {
    return has(column) ? OptionalLong.of(rows.getLong(column)) : OptionalLong.empty();
  }

  Instant instant(String column) throws SQLException {
    return Instant.ofEpochMilli(number(column));
  }

  Duration duration(String column) throws SQLException {
    return Duration.ofMillis(number(column));
  }

  List<String> list(String column) throws SQLException {
    return has(column) ? JsonList.read(text(column)) : List.of();
  }
}
