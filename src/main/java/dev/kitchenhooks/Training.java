package dev.kitchenhooks;

/**
 * What {@code ./dev build} runs once, while the JVM records which classes the commands load: the
 * start-up cache holds exactly those.
 */
final class Training {
  private Training() {}

  /**
   * Runs the commands.
   *
   * @param args the directory of a kitchen that may be written to
   */
  public static void main(String[] args) {
    Main.main(new String[] {"--kitchen", args[0], "--version"});
  }
}
