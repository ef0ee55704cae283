package dev.kitchenhooks.notify;

import dev.kitchenhooks.apphook.AppHookContext;
import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.secret.SecretSource;
import dev.kitchenhooks.secret.Secrets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sends one notice to all who are to be told: one that fails keeps it from no other. */
final class Sending {
  /** Shorter parts of an address are words such as {@code hooks}. */
  private static final int SHORTEST_PART = 8;

  private final AppHookContext context;

  Sending(AppHookContext context) {
    this.context = context;
  }

  /**
   * @throws FixException if not all took it, after all were tried
   */
  void send(Notice notice, List<Channel> channels) {
    if (channels.isEmpty()) {
      context.say().accept("nobody is to be told: no channel in confs/notify/ is for this");
      return;
    }
    var failed = new ArrayList<String>();
    for (Channel channel : channels) {
      if (channel.when().includes(notice.success())) {
        Optional<String> fault = fault(notice, channel);
        fault.ifPresent(_ -> failed.add(channel.name()));
        context
            .say()
            .accept(channel.name() + fault.map(why -> " was not told: " + why).orElse(" was told"));
      } else {
        context.say().accept(channel.name() + " is not told of this outcome");
      }
    }
    if (!failed.isEmpty()) {
      throw new FixException(
          ExitCode.NODE_FAILED,
          "not everybody was told: " + String.join(", ", failed),
          "see above why; the channels are in confs/notify/");
    }
  }

  /** Why it did not arrive, no secret in it. */
  private Optional<String> fault(Notice notice, Channel channel) {
    String secret;
    try {
      secret = secret(channel).map(this::read).orElse("");
    } catch (FixException unreadable) {
      return Optional.of(unreadable.message());
    }
    try {
      send(notice, channel, secret);
      return Optional.empty();
    } catch (NotSent e) {
      return Optional.of(Secrets.of(secrets(secret)).mask(e.why()));
    }
  }

  /**
   * The secret, and of an address each part that tells it apart: a chat that refuses one may quote
   * but that.
   */
  private static Set<String> secrets(String secret) {
    var secrets = new LinkedHashSet<String>();
    secrets.add(secret);
    if (secret.contains("://")) {
      for (String part : secret.substring(secret.indexOf("://") + 3).split("[/?&=#]", -1)) {
        secrets.add(part);
      }
      secrets.removeIf(part -> part.length() < SHORTEST_PART);
    }
    secrets.remove("");
    return secrets;
  }

  private String read(SecretSource source) {
    return source.read(context.kitchen(), context.variables());
  }

  private static Optional<SecretSource> secret(Channel channel) {
    return switch (channel.target()) {
      case Channel.Sendmail _ -> Optional.empty();
      case Channel.Smtp smtp -> smtp.login().map(Channel.Login::password);
      case Channel.Webhook webhook -> Optional.of(webhook.url());
    };
  }

  private void send(Notice notice, Channel channel, String secret) throws NotSent {
    switch (channel.target()) {
      case Channel.Sendmail sendmail ->
          Mails.send(notice, sendmail, context.variables(), context.kitchen(), channel.timeout());
      case Channel.Smtp smtp ->
          Mails.send(
              notice, smtp, Optional.of(secret).filter(s -> !s.isEmpty()), channel.timeout());
      case Channel.Webhook webhook -> Webhooks.send(notice, webhook, secret, channel.timeout());
    }
  }
}
