package dev.kitchenhooks.plan;

import dev.kitchenhooks.kitchen.Application;
import java.util.List;

/**
 * An application at its place in a node's turn. Those with the same hooks share the same lists.
 *
 * @param application what is deployed, or taken away
 * @param pre its pre hooks in order
 * @param post its post hooks in order
 */
public record PlannedApp(Application application, List<PlannedHook> pre, List<PlannedHook> post) {
  public String name() {
    return application.name();
  }
}
