package dev.kitchenhooks.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/**
 * The words of a run that is repeated.
 *
 * @param stored those of the run before, up to {@code --}, without what the given options replace
 * @param given the options that are given now, as they were typed
 * @param wrapped what follows {@code --}
 */
record RerunWords(List<String> stored, List<String> given, Optional<List<String>> wrapped) {
  /** Options that say which nodes, and in which order: both are those of the run before. */
  private static final List<String> CHOICE = List.of("--limit", "--order");

  /**
   * @param request the words of the run before
   * @param own options that are none of the run's
   * @param typed what was typed now
   */
  static RerunWords of(List<String> request, Set<String> own, ParseResult typed) {
    CommandWords words = CommandWords.split(request);
    var given = new ArrayList<String>();
    for (OptionSpec option : typed.matchedOptions()) {
      if (!own.contains(option.longestName())
          && !option.inherited()
          && option.scopeType() == ScopeType.LOCAL) {
        for (String value : option.originalStringValues()) {
          given.add(option.longestName());
          if (option.arity().max() > 0) {
            given.add(value);
          }
        }
      }
    }
    var stored = new ArrayList<>(words.words());
    if (given.contains("--keep-going")) {
      remove(stored, "--max-fail", 1);
    }
    if (given.contains("--max-fail")) {
      remove(stored, "--keep-going", 0);
    }
    return new RerunWords(List.copyOf(stored), List.copyOf(given), words.wrapped());
  }

  /** Where it stands, if it does, with so many values. */
  private static void remove(List<String> words, String option, int values) {
    for (int at = words.indexOf(option); at >= 0; at = words.indexOf(option)) {
      words.subList(at, Math.min(words.size(), at + 1 + values)).clear();
    }
  }

  /** The words of the run over just these nodes. */
  List<String> over(List<String> nodes) {
    var words = new ArrayList<>(stored);
    CHOICE.forEach(option -> remove(words, option, 1));
    words.removeIf(RerunWords::selects);
    String names = String.join(",", nodes);
    switch (stored.isEmpty() ? "" : stored.getFirst()) {
      // A rollback's nodes are those of a run.
      case "rollback" -> words.addAll(List.of("--limit", names));
      case "app" -> {
        remove(words, "--node", 1);
        nodes.forEach(node -> words.addAll(List.of("--node", node)));
      }
      default -> words.add("node:" + names);
    }
    words.addAll(given);
    return List.copyOf(words);
  }

  private static boolean selects(String word) {
    return word.startsWith("node:") || word.startsWith("nodes_with_");
  }

  /** What the run in turn is repeated by. */
  List<String> toRemember() {
    var words = new ArrayList<>(stored);
    words.addAll(given);
    words.remove("--dry-run");
    wrapped.ifPresent(command -> {
      words.add("--");
      words.addAll(command);
    });
    return List.copyOf(words);
  }
}
