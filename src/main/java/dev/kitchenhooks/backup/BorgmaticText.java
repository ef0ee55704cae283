package dev.kitchenhooks.backup;

import dev.kitchenhooks.remote.ShellWords;
import java.util.stream.Collectors;
import tools.jackson.databind.node.StringNode;

/** The text of one configuration of borgmatic. */
final class BorgmaticText {
  private BorgmaticText() {}

  static String of(Repository repository, Owner owner, BackupConf conf) {
    String body =
        switch (conf.format()) {
          case SECTIONS -> sections(repository, conf);
          case FLAT -> flat(repository, conf);
        };
    return owner.line() + "\n" + body;
  }

  private static String sections(Repository repository, BackupConf conf) {
    return """
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
    %s\
    """
        .formatted(
            quoted(repository.source().toString()),
            quoted(repository.address()),
            quoted(passcommand(conf)),
            quoted(conf.compression()),
            quoted(repository.retentionDays() + "d"),
            repository.retentionDays(),
            conf.hooks()
                .map(file -> "hooks: !include " + quoted(file.toString()) + "\n")
                .orElse(""));
  }

  private static String flat(Repository repository, BackupConf conf) {
    return """
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
    %s\
    """
        .formatted(
            quoted(repository.source().toString()),
            quoted(repository.address()),
            quoted(passcommand(conf)),
            quoted(conf.compression()),
            quoted(repository.retentionDays() + "d"),
            repository.retentionDays(),
            conf.hooks().map(file -> "<<: !include " + quoted(file.toString()) + "\n").orElse(""));
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
