package dev.kitchenhooks.ssh;

import dev.kitchenhooks.kitchen.Secret;
import dev.kitchenhooks.remote.UnreachableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.Service;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuth;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AuthKeyboardInteractive;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthNone;
import net.schmizz.sshj.userauth.method.AuthPassword;
import net.schmizz.sshj.userauth.method.PasswordResponseProvider;
import net.schmizz.sshj.userauth.password.PasswordFinder;
import net.schmizz.sshj.userauth.password.Resource;

/** Logs in: tries what there is, in order, as long as the server takes that kind. */
final class Authentication {
  static final String PUBLICKEY = "publickey";
  static final String PASSWORD = "password";
  static final String KEYBOARD_INTERACTIVE = "keyboard-interactive";

  private final Identities identities;
  private final Optional<Secret> password;

  Authentication(Identities identities, Optional<Secret> password) {
    this.identities = identities;
    this.password = password;
  }

  private record Attempt(AuthMethod method, String label) {
    boolean isPassword() {
      return !method.getName().equals(PUBLICKEY);
    }
  }

  /**
   * @throws UnreachableException if the server takes nothing of what there is, or hangs up
   */
  void logIn(SSHClient client, HostSettings host) throws UnreachableException {
    Identities.Offer offer = identities.offer(host.login());
    List<Attempt> left = attempts(host.login(), offer);
    var tried = new ArrayList<String>();
    UserAuth auth = client.getUserAuth();
    try {
      if (!left.isEmpty()
          && left.getFirst().isPassword()
          && attempt(new AuthNone(), client, host)) {
        return;
      }
      // After a partial success (AuthenticationMethods) the server takes other kinds than before,
      // so what was passed over stays in the list.
      for (Optional<Attempt> next = next(left, auth); next.isPresent(); next = next(left, auth)) {
        Attempt attempt = next.get();
        left.remove(attempt);
        tried.add(attempt.label());
        try {
          if (attempt(attempt.method(), client, host)) {
            return;
          }
        } catch (UserAuthException e) {
          if (!client.isConnected()) {
            throw e;
          }
          tried.set(tried.size() - 1, attempt.label() + " (" + Failures.text(e) + ")");
        }
        if (attempt.isPassword() && next(List.of(attempt), auth).isPresent()) {
          // Still asked for, so it was wrong: once more in another way might lock the account.
          left.removeIf(Attempt::isPassword);
        }
      }
    } catch (SSHException e) {
      throw new UnreachableException(
          refused(host, tried, auth, offer, "the server hung up: " + causeOfDeath(client, e)), e);
    }
    throw new UnreachableException(refused(host, tried, auth, offer, ""));
  }

  private static boolean attempt(AuthMethod method, SSHClient client, HostSettings host)
      throws UserAuthException, TransportException {
    method.setLoggerFactory(SshAlgorithms.config().getLoggerFactory());
    return client
        .getUserAuth()
        .authenticate(
            host.login().user(), (Service) client.getConnection(), method, host.connectMillis());
  }

  /** What the server said last, where we only see that a write failed. */
  private static String causeOfDeath(SSHClient client, SSHException seen) {
    try {
      client.getTransport().join(1, TimeUnit.SECONDS);
      return Failures.text(seen);
    } catch (TransportException cause) {
      return Failures.text(cause.getCause() instanceof TimeoutException ? seen : cause);
    }
  }

  private static Optional<Attempt> next(List<Attempt> left, UserAuth auth) {
    Collection<String> allowed = auth.getAllowedMethods();
    return left.stream()
        .filter(attempt -> allowed.isEmpty() || allowed.contains(attempt.method().getName()))
        .findFirst();
  }

  private List<Attempt> attempts(HostSettings.Login login, Identities.Offer offer) {
    var attempts = new ArrayList<Attempt>();
    for (String method : login.methods()) {
      switch (method) {
        case PUBLICKEY ->
            offer
                .keys()
                .forEach(key -> attempts.add(new Attempt(new PublicKeyAuth(key), key.label())));
        case PASSWORD ->
            password.ifPresent(secret ->
                attempts.add(new Attempt(new AuthPassword(new Configured(secret)), "password")));
        case KEYBOARD_INTERACTIVE ->
            password.ifPresent(secret ->
                attempts.add(
                    new Attempt(
                        new AuthKeyboardInteractive(
                            new PasswordResponseProvider(new Configured(secret))),
                        "password (keyboard-interactive)")));
        default -> {
          // hostbased, gssapi-with-mic: OpenSSH passes over what it cannot do, too.
        }
      }
    }
    return attempts;
  }

  private static String refused(
      HostSettings host, List<String> tried, UserAuth auth, Identities.Offer offer, String hangUp) {
    var parts = new ArrayList<String>();
    parts.add("login as " + host.login().user() + " was refused");
    parts.add(tried.isEmpty() ? "there was nothing to try" : "tried " + String.join(", ", tried));
    if (!hangUp.isEmpty()) {
      parts.add(hangUp);
    }
    if (!auth.getAllowedMethods().isEmpty()) {
      parts.add("the server takes " + String.join(", ", auth.getAllowedMethods()));
    }
    parts.addAll(offer.notes());
    parts.add(
        "allow one of your keys there with: ssh-copy-id "
            + (host.port() == HostSettings.DEFAULT_PORT ? "" : "-p " + host.port() + " ")
            + host.login().user()
            + "@"
            + host.hostName());
    return String.join("; ", parts);
  }

  /** Gives sshj the password that littlechef.cfg has, each time it asks; sshj wipes its copy. */
  private record Configured(Secret secret) implements PasswordFinder {
    @Override
    public char[] reqPassword(Resource<?> resource) {
      return secret.value().toCharArray();
    }

    @Override
    public boolean shouldRetry(Resource<?> resource) {
      return false;
    }
  }
}
