package dev.kitchenhooks.notify;

import dev.kitchenhooks.secret.SecretSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A way to tell somebody: one file of {@code confs/notify/}.
 *
 * @param name the file's, without its ending
 * @param applications of which it tells
 * @param byDefault whether it tells of applications that no channel names
 * @param runs whether it tells of whole runs
 * @param when of which outcomes it tells
 * @param target where its notices go
 * @param timeout how long one may take
 */
record Channel(
    String name,
    Set<String> applications,
    boolean byDefault,
    boolean runs,
    When when,
    Target target,
    Duration timeout) {

  /** Of which outcomes a channel tells. */
  enum When {
    ALWAYS,
    SUCCESS,
    FAILURE;

    boolean includes(boolean success) {
      return this == ALWAYS || (this == SUCCESS) == success;
    }
  }

  /** Where notices go. */
  sealed interface Target {}

  /**
   * To a program that reads a mail from its stdin, with the arguments {@code -t -i}.
   *
   * @param program an absolute path
   */
  record Sendmail(String program, Envelope envelope) implements Target {}

  /**
   * To a mail server.
   *
   * @param login for those that want one
   */
  record Smtp(String host, int port, Security security, Optional<Login> login, Envelope envelope)
      implements Target {}

  /**
   * To a chat.
   *
   * @param url secret: whoever knows it can write there
   */
  record Webhook(SecretSource url, Shape shape) implements Target {}

  /** Who writes to whom. */
  record Envelope(String from, List<String> to) {}

  /** At a mail server. */
  record Login(String user, SecretSource password) {}

  /** How a connection to a mail server is kept secret. */
  enum Security {
    /** Upgraded before anything is said; refused where the server cannot. */
    STARTTLS,
    /** From the start. */
    TLS,
    /** Not at all. */
    NONE
  }

  /** What a chat takes. */
  enum Shape {
    SLACK,
    MATTERMOST,
    TEAMS
  }
}
