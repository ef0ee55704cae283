package dev.kitchenhooks.notify;

import java.util.List;

/**
 * What is told.
 *
 * @param subject of a mail: short
 * @param text the first line
 * @param details more lines
 * @param success whether all went well
 */
record Notice(String subject, String text, List<String> details, boolean success) {

  /** All of it, as a mail says it. */
  String body() {
    var body = new StringBuilder(text).append('\n');
    details.forEach(line -> body.append("  ").append(line).append('\n'));
    return body.toString();
  }
}
