package dev.kitchenhooks.ssh;

import dev.kitchenhooks.remote.NodeSession.Input;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ends a command from a second channel, where sshd does not pass signals on: before OpenSSH 7.9 it
 * knows none, and a login as root gets none (sshd then has no unprivileged process to take them).
 *
 * <p>Commands of one connection are children of one sshd process, each the leader of a process
 * group of its own; the killing shell is one of them and spares itself. So this only works while
 * one command runs on the connection; with more, which one is meant cannot be told apart.
 */
final class ProcessGroup {
  private static final Pattern OPENSSH = Pattern.compile("OpenSSH_(\\d+)\\.(\\d+)");

  private final SshLink link;
  private final IntSupplier running;
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  /**
   * @param running how many commands run on the connection now
   */
  ProcessGroup(SshLink link, IntSupplier running) {
    this.link = link;
    this.running = running;
  }

  boolean signalsAreTaken() {
    Optional<Boolean> taken = takesSignals(link.serverVersion());
    return taken.isEmpty() || (taken.get() && !link.host().login().user().equals("root"));
  }

  /** Empty: not OpenSSH. */
  static Optional<Boolean> takesSignals(String serverVersion) {
    Matcher version = OPENSSH.matcher(serverVersion);
    if (!version.find()) {
      return Optional.empty();
    }
    int major = Integer.parseInt(version.group(1));
    return Optional.of(major > 7 || (major == 7 && Integer.parseInt(version.group(2)) >= 9));
  }

  /**
   * Kills, where it is OpenSSH: elsewhere the shell's siblings may be anybody's.
   *
   * @param signal its name without SIG
   */
  synchronized void kill(String signal) {
    if (running.getAsInt() == 1 && takesSignals(link.serverVersion()).isPresent()) {
      // One after the other, or the killers would meet and kill each other.
      last = last.thenCompose(_ -> run(killSiblings(signal)));
    }
  }

  private CompletableFuture<Void> run(String commandLine) {
    var ended = new CompletableFuture<Void>();
    new RemoteCommand(link, commandLine, Input.NONE, _ -> {})
        .start(() -> ended.complete(null), () -> {});
    return ended;
  }

  /**
   * The children from the kernel where it tells them, else from ps. With {@code -s}, because dash
   * takes no {@code --} after {@code -KILL}.
   */
  static String killSiblings(String signal) {
    return "for p in $(cat /proc/$PPID/task/$PPID/children 2>/dev/null || ps -o pid= --ppid $PPID)"
        + "; do [ \"$p\" = $$ ] || kill -s "
        + signal
        + " -- -\"$p\" 2>/dev/null; done";
  }
}
