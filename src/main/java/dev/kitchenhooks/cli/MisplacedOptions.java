package dev.kitchenhooks.cli;

import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/**
 * Refuses options that stand before the name of a command and mean nothing there: {@code fix
 * --dry-run wrap ...} would otherwise not be dry.
 */
final class MisplacedOptions {
  private MisplacedOptions() {}

  static void refuse(ParseResult parsed) {
    if (!parsed.hasSubcommand()) {
      return;
    }
    String command = parsed.subcommand().commandSpec().name();
    parsed.matchedOptions().stream()
        .filter(option -> !isTakenByAll(option))
        .findFirst()
        .ifPresent(option -> {
          throw new ParameterException(
              parsed.commandSpec().commandLine(),
              "%s stands before \"%s\", where it means nothing; put it after: fix %s %s ..."
                  .formatted(option.longestName(), command, command, option.longestName()));
        });
    refuse(parsed.subcommand());
  }

  private static boolean isTakenByAll(OptionSpec option) {
    return option.scopeType() == ScopeType.INHERIT || option.inherited() || option.usageHelp();
  }
}
