package dev.kitchenhooks.console;

/**
 * What is known of where the talk goes. Found out by the command line, so that nothing here looks
 * at the environment.
 *
 * @param interactive a person's terminal that understands {@code \r} and ANSI's erase; else a file,
 *     a pipe or a CI log
 * @param columns its width; of no meaning unless interactive
 * @param colour whether colours are wanted: a terminal, and no {@code NO_COLOR}
 * @param unicode whether the locale's encoding is UTF-8; else only ASCII is used
 */
public record Terminal(boolean interactive, int columns, boolean colour, boolean unicode) {
  /** A file or a pipe. */
  public static final Terminal PLAIN = new Terminal(false, 80, false, true);
}
