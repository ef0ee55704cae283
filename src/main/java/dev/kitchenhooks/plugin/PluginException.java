package dev.kitchenhooks.plugin;

/** One plugin failed; the others go on. */
final class PluginException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Fault fault;

  PluginException(Fault fault) {
    super(fault.message());
    this.fault = fault;
  }

  static PluginException invalid(String message, String hint) {
    return new PluginException(Fault.invalid(message, hint));
  }

  Fault fault() {
    return fault;
  }
}
