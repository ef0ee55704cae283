package dev.kitchenhooks.history;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What was asked for, such that it can be asked for again.
 *
 * @param words those after {@code fix}, options and defaults included, an argument vector; empty
 *     where they held a secret, which no history keeps
 * @param directory where they were typed
 * @param repeats the run of which this one repeats a part
 */
public record StoredRequest(List<String> words, Path directory, Optional<String> repeats) {
  public StoredRequest {
    words = List.copyOf(words);
  }
}
