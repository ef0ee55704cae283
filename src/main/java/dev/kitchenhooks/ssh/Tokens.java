package dev.kitchenhooks.ssh;

import dev.kitchenhooks.remote.UnreachableException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code %} tokens, {@code ${NAME}} and {@code ~} of ssh_config(5).
 *
 * @param values what each letter stands for
 */
record Tokens(Map<Character, String> values, SshEnvironment environment) {
  private static final Pattern TOKEN = Pattern.compile("%(.?)");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

  /** The tokens alone. */
  String expand(String text) throws UnreachableException {
    Matcher token = TOKEN.matcher(text);
    var result = new StringBuilder();
    while (token.find()) {
      String letter = token.group(1);
      String value =
          letter.equals("%") ? "%" : letter.isEmpty() ? null : values.get(letter.charAt(0));
      if (value == null) {
        throw new UnreachableException(
            "ssh_config: '" + text + "' has a token that is not known here; write %% for a %");
      }
      token.appendReplacement(result, Matcher.quoteReplacement(value));
    }
    return token.appendTail(result).toString();
  }

  /**
   * A file's name: home, environment variables and tokens; relative ones lie in the caller's home.
   */
  Path path(String text) throws UnreachableException {
    String expanded = expand(variables(text));
    if (expanded.equals("~") || expanded.startsWith("~/")) {
      return environment.home().resolve(expanded.substring(Math.min(2, expanded.length())));
    }
    if (expanded.startsWith("~")) {
      throw new UnreachableException(
          "ssh_config: '" + text + "' is in another user's home; write the path out");
    }
    return Path.of(expanded);
  }

  private String variables(String text) throws UnreachableException {
    Matcher variable = VARIABLE.matcher(text);
    var result = new StringBuilder();
    while (variable.find()) {
      String value = environment.variables().get(variable.group(1));
      if (value == null) {
        throw new UnreachableException(
            "ssh_config: '" + text + "' needs the environment variable " + variable.group(1));
      }
      variable.appendReplacement(result, Matcher.quoteReplacement(value));
    }
    return variable.appendTail(result).toString();
  }
}
