package dev.kitchenhooks.secret;

import dev.kitchenhooks.problem.FixException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Where a secret of a configuration comes from: it never stands there itself. */
public sealed interface SecretSource {

  /**
   * @param path of a file that holds it; relative to the kitchen
   */
  record FromFile(String path) implements SecretSource {}

  /**
   * @param variable of the caller
   */
  record FromEnv(String variable) implements SecretSource {}

  /** What {@code {"from_file": ...}} or {@code {"from_env": ...}} says; empty for anything else. */
  static Optional<SecretSource> of(JsonNode node) {
    Optional<SecretSource> file = node.path("from_file").stringValueOpt().map(FromFile::new);
    Optional<SecretSource> variable = node.path("from_env").stringValueOpt().map(FromEnv::new);
    return file.isPresent() == variable.isPresent() ? Optional.empty() : file.or(() -> variable);
  }

  /**
   * Reads it.
   *
   * @throws FixException if it is not there, or empty
   */
  default String read(Path kitchen, Map<String, String> caller) {
    String text =
        switch (this) {
          case FromFile(String path) ->
              switch (SecretFile.read(kitchen.resolve(path))) {
                case SecretFile.Text(String content) -> content;
                case SecretFile.Fault(String message, var hint) ->
                    throw FixException.invalid(SecretReader.shown(path) + " " + message, hint);
              };
          case FromEnv(String variable) -> caller.getOrDefault(variable, "");
        };
    if (text.isEmpty()) {
      throw FixException.invalid(
          switch (this) {
            case FromFile(String path) -> SecretReader.shown(path) + " is empty";
            case FromEnv(String variable) -> SecretReader.unset(variable);
          },
          "put the secret there");
    }
    return text;
  }
}
