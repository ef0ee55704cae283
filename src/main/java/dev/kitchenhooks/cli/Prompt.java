package dev.kitchenhooks.cli;

import dev.kitchenhooks.problem.FixException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Asks the person at the terminal. */
final class Prompt {
  private final Surroundings around;

  Prompt(Surroundings around) {
    this.around = around;
  }

  /** Whether there is one. */
  boolean canAsk() {
    return around.inIsTerminal();
  }

  /** What is answered, without space around it; empty where the input ends. */
  Optional<String> ask(String question) {
    around.err().print(question + " ");
    around.err().flush();
    var line = new ByteArrayOutputStream();
    try {
      int b = around.in().read();
      if (b < 0) {
        around.err().println();
        return Optional.empty();
      }
      while (b >= 0 && b != '\n') {
        line.write(b);
        b = around.in().read();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.of(line.toString(StandardCharsets.UTF_8).strip());
  }

  /**
   * The same where there is no going on without.
   *
   * @param byDefault what an empty answer stands for; empty: nothing
   * @throws FixException if the input ends
   */
  String require(String question, String byDefault) {
    String answer =
        ask(byDefault.isEmpty() ? question : "%s [%s]".formatted(question, byDefault))
            .orElseThrow(() ->
                FixException.invalid(
                    "no answer; nothing was done", "options say the same: --help shows them"));
    return answer.isEmpty() ? byDefault : answer;
  }
}
