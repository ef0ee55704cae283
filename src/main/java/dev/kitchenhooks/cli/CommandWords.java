package dev.kitchenhooks.cli;

import java.util.List;
import java.util.Optional;

/**
 * The words of a command line, cut at the first {@code --}: what follows is the wrapped command and
 * is left alone, its own options too.
 *
 * @param words what is ours
 * @param wrapped what follows {@code --}; empty where there is none
 */
record CommandWords(List<String> words, Optional<List<String>> wrapped) {
  static CommandWords split(List<String> args) {
    int cut = args.indexOf("--");
    return cut < 0
        ? new CommandWords(List.copyOf(args), Optional.empty())
        : new CommandWords(
            List.copyOf(args.subList(0, cut)),
            Optional.of(List.copyOf(args.subList(cut + 1, args.size()))));
  }
}
