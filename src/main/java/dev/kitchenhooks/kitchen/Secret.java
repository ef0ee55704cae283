package dev.kitchenhooks.kitchen;

/**
 * A value that must not be shown: its text form says nothing of it.
 *
 * @param value the secret itself
 */
public record Secret(String value) {
  @Override
  public String toString() {
    return "(secret)";
  }
}
