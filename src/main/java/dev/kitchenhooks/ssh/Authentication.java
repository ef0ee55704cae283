package dev.kitchenhooks.ssh;

import dev.kitchenhooks.kitchen.Secret;
import dev.kitchenhooks.remote.UnreachableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.Service;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuth;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AuthKeyboardInteractive;
import net.schmizz.sshj.userauth.method.AuthMethod;
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

  private record Attempt(AuthMethod method, String label) {}

  /**
   * @throws UnreachableException if the server takes nothing of what there is
   * @throws TransportException if the connection broke
   */
  void logIn(SSHClient client, HostSettings host) throws UnreachableException, TransportException {
    Identities.Offer offer = identities.offer(host.login());
    List<Attempt> left = attempts(host.login(), offer);
    var tried = new ArrayList<String>();
    Collection<String> allowed = List.of();
    UserAuth auth = client.getUserAuth();
    // After a partial success (AuthenticationMethods) the server takes other kinds than before, so
    // what was passed over stays in the list.
    for (Optional<Attempt> next = next(left, allowed);
        next.isPresent();
        next = next(left, allowed)) {
      Attempt attempt = next.get();
      left.remove(attempt);
      try {
        attempt.method().setLoggerFactory(SshAlgorithms.config().getLoggerFactory());
        if (auth.authenticate(
            host.login().user(),
            (Service) client.getConnection(),
            attempt.method(),
            Math.toIntExact(host.connectTimeout().toMillis()))) {
          return;
        }
        tried.add(attempt.label());
      } catch (UserAuthException e) {
        if (!client.isConnected()) {
          throw new UnreachableException(
              refused(host, tried, allowed, offer) + "; " + e.getMessage(), e);
        }
        tried.add(attempt.label() + " (" + e.getMessage() + ")");
      }
      allowed = auth.getAllowedMethods();
    }
    throw new UnreachableException(refused(host, tried, allowed, offer));
  }

  private static Optional<Attempt> next(List<Attempt> left, Collection<String> allowed) {
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
      HostSettings host, List<String> tried, Collection<String> allowed, Identities.Offer offer) {
    var text = new StringBuilder("login as " + host.login().user() + " was refused; ");
    text.append(tried.isEmpty() ? "there was nothing to try" : "tried " + String.join(", ", tried));
    if (!allowed.isEmpty()) {
      text.append("; the server takes ").append(String.join(", ", allowed));
    }
    offer.notes().forEach(note -> text.append("; ").append(note));
    return text.append("; allow one of your keys there with: ssh-copy-id ")
        .append(host.port() == HostSettings.DEFAULT_PORT ? "" : "-p " + host.port() + " ")
        .append(host.login().user())
        .append('@')
        .append(host.hostName())
        .toString();
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
