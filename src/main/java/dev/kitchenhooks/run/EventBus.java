package dev.kitchenhooks.run;

import java.util.List;

/**
 * Tells every listener every event, one event at a time. Whoever tells waits until all have taken
 * it: so a hook that floods its output is slowed to what is shown, and memory stays flat.
 */
public final class EventBus {
  private final List<RunListener> listeners;

  public EventBus(List<RunListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  public synchronized void tell(RunEvent event) {
    for (RunListener listener : listeners) {
      listener.on(event);
    }
  }
}
