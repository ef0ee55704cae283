package dev.kitchenhooks.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A part of a page that says what the program itself says, between {@code <!-- NAME: ... -->} and
 * {@code <!-- end of NAME -->}. With {@code -Ddocs.update=true} a check writes it instead.
 *
 * @param page the page
 * @param name what the part is called there
 */
public record GeneratedPart(Path page, String name) {
  private static final boolean UPDATE = Boolean.getBoolean("docs.update");

  public static GeneratedPart ofReference(String name) {
    return new GeneratedPart(Path.of("docs", "reference.md"), name);
  }

  /** Checks that the page holds just this text there. */
  public void check(String expected) throws IOException {
    String text = Files.readString(page);
    int start = text.indexOf("-->\n", text.indexOf("<!-- " + name + ":")) + "-->\n".length();
    int end = text.indexOf("<!-- end of " + name + " -->");
    assertThat(end).as("the part \"%s\" of %s", name, page).isGreaterThanOrEqualTo(start);
    if (UPDATE) {
      Files.writeString(
          page, text.substring(0, start) + "\n" + expected + "\n" + text.substring(end));
      return;
    }
    assertThat(text.substring(start, end).strip())
        .as("%s is out of date; ./dev test -Dtest='*Reference*' -Ddocs.update=true mends it", page)
        .isEqualTo(expected.strip());
  }
}
