package dev.kitchenhooks.run;

import dev.kitchenhooks.secret.Secrets;
import java.util.List;

/**
 * Tells every listener every event, one event at a time. Whoever tells waits until all have taken
 * it: so a hook that floods its output is slowed to what is shown, and memory stays flat.
 */
public final class EventBus {
  private final List<RunListener> listeners;
  private final Secrets secrets;

  /**
   * @param secrets what no listener is told; lines of output are masked before they become events
   */
  public EventBus(List<RunListener> listeners, Secrets secrets) {
    this.listeners = List.copyOf(listeners);
    this.secrets = secrets;
  }

  public synchronized void tell(RunEvent event) {
    RunEvent told = secrets.isEmpty() ? event : MaskedEvent.of(event, secrets);
    for (RunListener listener : listeners) {
      listener.on(told);
    }
  }
}
