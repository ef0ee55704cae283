package dev.kitchenhooks.apphook;

import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.problem.FixException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What a hook of an application is called with.
 *
 * @param moment when
 * @param app the application's name
 * @param environment where it is deployed: {@code prod}
 * @param version what is deployed, as the application names it
 * @param composeFile absolute; it may not be there
 * @param targetDirectory where the application lies on its node
 */
public record AppCall(
    AppMoment moment,
    String app,
    String environment,
    String version,
    Path composeFile,
    Path targetDirectory) {

  /** They become names of files, labels and parts of queries. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

  /**
   * @throws FixException if a name is none
   */
  public AppCall {
    requireName("application", app);
    requireName("environment", environment);
  }

  private static void requireName(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw FixException.invalid(
          "%s is not the name of an %s".formatted(JsonText.quoted(name), what),
          "letters, digits, _, . and -, starting with a letter or digit");
    }
  }
}
