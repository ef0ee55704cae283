package dev.kitchenhooks.cli;

import dev.kitchenhooks.history.PlainText;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.vendor.VendorCaller;
import dev.kitchenhooks.vendor.Vendoring;

/** Vendors cookbooks before a run that sends them; loads nothing where none are asked for. */
final class CookbookStep {
  private CookbookStep() {}

  /**
   * @throws dev.kitchenhooks.problem.FixException if they cannot be had; then nothing has run
   */
  static void before(Shell shell, Kitchen kitchen) {
    if (kitchen.config().vendoring().isEmpty()) {
      return;
    }
    var stop = new StopRequest();
    try (Signals _ = shell.stopOnSignal(stop)) {
      Vendoring.bring(
          kitchen,
          new VendorCaller(
              shell.around().environment(),
              stop,
              line -> shell.around().err().println(PlainText.of(line))));
    }
  }
}
