package dev.kitchenhooks.hook;

/** When a post hook runs; see the rules in {@code docs/hooks.md}. */
public enum RunCondition {
  /** Nothing said: whenever the wrapped command finished by itself, whatever its code. */
  FINISHED,
  /** Only after code 0. */
  PASS,
  /** Only after another code; also on an abort or an interrupt. */
  FAIL,
  /** After any code; also on an abort or an interrupt. */
  ALWAYS
}
