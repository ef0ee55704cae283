package dev.kitchenhooks.backup;

import dev.kitchenhooks.remote.ShellWords;
import java.util.stream.Collectors;
import tools.jackson.databind.node.StringNode;

/** The text of one configuration of borgmatic. */
final class BorgmaticText {
  private BorgmaticText() {}

  static String of(Repository repository, Owner owner, BackupConf conf) {
    String shape =
        switch (conf.format()) {
          case SECTIONS ->
              """
              location:
                  source_directories:
                      - %s
                  repositories:
                      - %s
              storage:
                  encryption_passcommand: %s
                  compression: %s
              retention:
                  keep_within: %s
              consistency:
                  checks:
                      - name: repository
                      - name: archives
                  check_last: %d
              """;
          case FLAT ->
              """
              source_directories:
                  - %s
              repositories:
                  - path: %s
              encryption_passcommand: %s
              compression: %s
              keep_within: %s
              checks:
                  - name: repository
                  - name: archives
              check_last: %d
              """;
        };
    String body =
        shape.formatted(
            quoted(repository.source().toString()),
            quoted(repository.address()),
            quoted(passcommand(conf)),
            quoted(conf.compression()),
            quoted(repository.retentionDays() + "d"),
            repository.retentionDays());
    return owner.line() + "\n" + body + hooks(conf);
  }

  private static String hooks(BackupConf conf) {
    String key = conf.format() == BackupConf.Format.SECTIONS ? "hooks" : "<<";
    return conf.hooks()
        .map(file -> "%s: !include %s\n".formatted(key, quoted(file.toString())))
        .orElse("");
  }

  /** One line, as both borg and borgmatic split it again. */
  static String passcommand(BackupConf conf) {
    return conf.passcommand().stream().map(ShellWords::quote).collect(Collectors.joining(" "));
  }

  /** JSON's strings are YAML's too. */
  private static String quoted(String text) {
    return StringNode.valueOf(text).toString();
  }
}
