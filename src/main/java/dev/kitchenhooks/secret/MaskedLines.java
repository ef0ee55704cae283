package dev.kitchenhooks.secret;

import dev.kitchenhooks.process.LineSink;

/** Takes a program's output and hands it on without secrets. */
public interface MaskedLines extends LineSink, AutoCloseable {
  /** Hands on what was held back, because it could have been the begin of a secret. */
  @Override
  void close();
}
