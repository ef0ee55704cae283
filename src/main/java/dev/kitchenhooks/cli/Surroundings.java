package dev.kitchenhooks.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * The process around a command, so that tests can put their own around it.
 *
 * @param out results
 * @param err talk
 * @param in answers of a person
 * @param environment variables of the caller
 * @param directory where the command was started
 * @param inIsTerminal whether a person can answer
 * @param outIsTerminal whether results go to a person
 * @param errIsTerminal whether talk goes to a person
 * @param handlesSignals whether SIGINT and SIGTERM are ours to take
 */
public record Surroundings(
    PrintStream out,
    PrintStream err,
    InputStream in,
    Map<String, String> environment,
    Path directory,
    boolean inIsTerminal,
    boolean outIsTerminal,
    boolean errIsTerminal,
    boolean handlesSignals) {

  /** Those of this process. */
  static Surroundings ofThisProcess() {
    return new Surroundings(
        System.out,
        System.err,
        System.in,
        System.getenv(),
        Path.of("").toAbsolutePath(),
        TerminalProbe.isTerminal(0),
        TerminalProbe.isTerminal(1),
        TerminalProbe.isTerminal(2),
        true);
  }

  /** The same elsewhere. */
  Surroundings in(Path elsewhere) {
    return new Surroundings(
        out,
        err,
        in,
        environment,
        elsewhere,
        inIsTerminal,
        outIsTerminal,
        errIsTerminal,
        handlesSignals);
  }

  String variable(String name, String otherwise) {
    return environment.getOrDefault(name, otherwise);
  }
}
