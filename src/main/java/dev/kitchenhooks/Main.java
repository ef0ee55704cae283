package dev.kitchenhooks;

/** Starts {@code fix}. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Object o = args.length;
    if (o instanceof Integer i && i > 7) {
      throw new IllegalStateException();
    }
  }
}
