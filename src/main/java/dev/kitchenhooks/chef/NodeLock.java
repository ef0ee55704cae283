package dev.kitchenhooks.chef;

import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.remote.RemoteResult;
import dev.kitchenhooks.remote.UnreachableException;
import dev.kitchenhooks.run.LockWait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The lock of a node, on the node: held by a process that ends with the connection, so that a run
 * that dies, or loses the node, leaves none.
 */
final class NodeLock implements AutoCloseable {
  private static final String SCRIPT = AsRoot.script("node.sh", "lock.sh");
  private static final String PREFIX = "fix: lock ";

  /** A run that has just ended, or died, needs a moment to let go. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  /** For the node to answer, sudo included. */
  private static final Duration ANSWER = Duration.ofSeconds(60);

  /** For the node to let go. */
  private static final Duration RELEASE = Duration.ofSeconds(2);

  /** How lock.sh came to its end, or to hold the lock. */
  private record Answer(String word, String text) {}

  private final String node;
  private final LockWait wait;
  private final ControlLines control = new ControlLines();
  private final StopRequest channel = new StopRequest();
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();
  private final CompletableFuture<RemoteResult> ended = new CompletableFuture<>();
  private final List<String> said = new ArrayList<>();
  private LockWait.@Nullable Waiting waiting;

  private NodeLock(String node, LockWait wait) {
    this.node = node;
    this.wait = wait;
  }

  /**
   * @throws UnreachableException if another run holds it, or it cannot be taken at all
   */
  static NodeLock take(
      NodeSession session, RemoteScripts scripts, String node, Access access, StopRequest stop)
      throws UnreachableException {
    var lock = new NodeLock(node, access.lockWait());
    Duration left = access.lockWait().left();
    lock.start(session, scripts.asRoot(), arguments(scripts, node, access.holder(), left));
    try (var _ = stop.onRequest(_ -> lock.answer.complete(new Answer("stopped", "")))) {
      lock.await(ANSWER.plus(left));
      return lock;
    } catch (UnreachableException e) {
      lock.close();
      throw e;
    }
  }

  private static List<String> arguments(
      RemoteScripts scripts, String node, String holder, Duration left) {
    return List.of(
        scripts.settings().nodeWorkPath(),
        node,
        holder,
        Long.toString(left.plusMillis(999).toSeconds()),
        Listening.USUAL.silenceSeconds(),
        Long.toString(GRACE.toSeconds()));
  }

  private void start(NodeSession session, AsRoot asRoot, List<String> arguments) {
    Thread.ofVirtual()
        .name("node-lock-" + node)
        .start(() -> {
          RemoteResult result =
              session.run(
                  asRoot.command(SCRIPT, "fix-lock", arguments),
                  out -> {
                    out.write(asRoot.beforeInput());
                    control.writeTo(out, Listening.USUAL.interval());
                  },
                  this::line,
                  Optional.empty(),
                  channel);
          ended.complete(result);
          answer.complete(new Answer("ended", reason(result)));
        });
  }

  private void line(String line) {
    // A login shell may have printed something without an end.
    int at = line.indexOf(PREFIX);
    if (at < 0) {
      synchronized (said) {
        said.add(line);
      }
      return;
    }
    String[] words = line.substring(at + PREFIX.length()).split(" ", 2);
    String text = words.length > 1 ? words[1] : "";
    if (words[0].equals("wait")) {
      stopWaiting();
      setWaiting(wait.begin("the lock on " + node + ": " + text));
    } else {
      answer.complete(new Answer(words[0], text));
    }
  }

  private synchronized void setWaiting(LockWait.Waiting now) {
    waiting = now;
  }

  private synchronized void stopWaiting() {
    if (waiting != null) {
      waiting.close();
      waiting = null;
    }
  }

  private String reason(RemoteResult result) {
    if (!result.detail().isEmpty()) {
      return result.detail();
    }
    synchronized (said) {
      return DeployFailure.advice(node, said);
    }
  }

  private void await(Duration limit) throws UnreachableException {
    try {
      Answer came = answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      switch (came.word()) {
        case "taken" -> {
          return;
        }
        case "busy" ->
            throw UnreachableException.locked("another run is at work on the node: " + came.text());
        case "stopped" -> throw new UnreachableException("stopped");
        default -> throw new UnreachableException("its lock cannot be taken: " + came.text());
      }
    } catch (TimeoutException e) {
      throw new UnreachableException(
          "its lock cannot be taken: no answer within %ds".formatted(limit.toSeconds()), e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableException("stopped", e);
    } finally {
      stopWaiting();
    }
  }

  /** Whether it is held no more, though it was not given back: the node may be another run's. */
  boolean isLost() {
    return ended.isDone();
  }

  /** Gives it back, and returns when the node has it again, or does not answer. */
  @Override
  public void close() {
    control.end();
    try {
      ended.get(RELEASE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      channel.request(StopRequest.Level.KILL);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
