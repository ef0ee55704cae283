package dev.kitchenhooks.run;

/**
 * Is told all that happens. Called from one thread at a time, in order. Listeners are told one
 * after the other, the audit trail first, so that what was shown is stored.
 */
@FunctionalInterface
public interface RunListener {
  void on(RunEvent event);
}
