package dev.kitchenhooks.remote;

import dev.kitchenhooks.process.StopRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Connects before a connection is asked for, so that whoever asks does not wait for a handshake. An
 * early connection that could not be made, or did not live until it was asked for, is as if it had
 * never been tried. Thread-safe.
 */
public final class EarlyConnector implements NodeConnector, AutoCloseable {
  private final NodeConnector connector;
  private final Map<String, Attempt> attempts = new HashMap<>();
  private boolean closed;

  /**
   * @param connector makes the connections
   */
  public EarlyConnector(NodeConnector connector) {
    this.connector = connector;
  }

  /** An early connection, maybe still being made. */
  private record Attempt(StopRequest stop, CompletableFuture<NodeSession> session) {

    /** Takes it away, whenever it is there: nobody will ask for it. */
    void drop() {
      CompletableFuture<Void> _ =
          session.thenAccept(made -> Thread.startVirtualThread(made::close));
      stop.request(StopRequest.Level.TERMINATE);
    }
  }

  /** Begins to connect to a node, unless that has begun; returns at once. */
  public synchronized void begin(String fqdn) {
    if (closed || attempts.containsKey(fqdn)) {
      return;
    }
    var attempt = new Attempt(new StopRequest(), new CompletableFuture<>());
    attempts.put(fqdn, attempt);
    Thread.ofVirtual()
        .name("early-" + fqdn)
        .start(() -> {
          try {
            attempt.session.complete(connector.connect(fqdn, attempt.stop));
          } catch (UnreachableException | RuntimeException e) {
            attempt.session.completeExceptionally(e);
          }
        });
  }

  @Override
  public NodeSession connect(String fqdn, StopRequest stop) throws UnreachableException {
    Optional<Attempt> attempt = take(fqdn);
    if (attempt.isPresent()) {
      Optional<NodeSession> session = await(attempt.get(), stop);
      if (session.isPresent()) {
        return session.get();
      }
    }
    return connector.connect(fqdn, stop);
  }

  private synchronized Optional<Attempt> take(String fqdn) {
    return Optional.ofNullable(attempts.remove(fqdn));
  }

  /**
   * Empty where one has to be made now.
   *
   * @throws UnreachableException if the connection was still being made, and then could not be: to
   *     try again at once would find nothing else
   */
  private static Optional<NodeSession> await(Attempt attempt, StopRequest stop)
      throws UnreachableException {
    boolean before = attempt.session.isDone();
    try (var _ = stop.onRequest(attempt.stop::request)) {
      NodeSession session = attempt.session.get();
      if (session.isUp()) {
        return Optional.of(session);
      }
      attempt.drop();
      return Optional.empty();
    } catch (ExecutionException e) {
      if (!before && e.getCause() instanceof UnreachableException why) {
        throw why;
      }
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      attempt.drop();
      throw new UnreachableException("stopped", e);
    }
  }

  /**
   * Closes the early connections that nobody has asked for; what is asked for from now on is made
   * then.
   */
  @Override
  public void close() {
    List<Attempt> left;
    synchronized (this) {
      closed = true;
      left = new ArrayList<>(attempts.values());
      attempts.clear();
    }
    left.forEach(Attempt::drop);
  }
}
