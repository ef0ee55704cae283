package dev.kitchenhooks.ssh;

import dev.kitchenhooks.remote.UnreachableException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The connections to gateways: one to each, shared by all nodes behind it, opened when the first
 * node needs it and kept until the end of the run. Thread-safe.
 */
final class Gateways implements AutoCloseable {

  /** Opens a connection to one gateway. */
  interface Opening {
    SshLink open() throws UnreachableException;
  }

  private final Map<List<String>, CompletableFuture<SshLink>> links = new HashMap<>();

  /**
   * The connection at the end of a route, opened if there is none.
   *
   * @param route the gateways up to this one, resolved, as {@code user@host:port}
   */
  SshLink get(List<String> route, Opening opening) throws UnreachableException {
    CompletableFuture<SshLink> link;
    boolean mine = false;
    synchronized (links) {
      link = links.get(route);
      if (link == null || !isUsable(link)) {
        link = new CompletableFuture<>();
        links.put(route, link);
        mine = true;
      }
    }
    if (mine) {
      open(link, opening);
    }
    try {
      return link.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableException("interrupted while waiting for the gateway");
    } catch (CancellationException e) {
      throw new UnreachableException("stopped", e);
    } catch (ExecutionException e) {
      throw new UnreachableException(
          "gateway " + route.getLast() + ": " + Failures.text(e.getCause()), e);
    }
  }

  /** A failure is told to all who wait for it, and the next one tries again. */
  private static void open(CompletableFuture<SshLink> link, Opening opening) {
    try {
      SshLink opened = opening.open();
      if (!link.complete(opened)) {
        opened.close();
      }
    } catch (UnreachableException | RuntimeException e) {
      link.completeExceptionally(e);
    }
  }

  private static boolean isUsable(CompletableFuture<SshLink> link) {
    return !link.isDone() || (!link.isCompletedExceptionally() && link.join().isUp());
  }

  @Override
  public void close() {
    List<CompletableFuture<SshLink>> all;
    synchronized (links) {
      all = List.copyOf(links.values());
      links.clear();
    }
    for (CompletableFuture<SshLink> link : all) {
      if (!link.cancel(false) && !link.isCompletedExceptionally()) {
        link.join().close();
      }
    }
  }
}
