package dev.kitchenhooks.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.StopRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EarlyConnectorTest {
  /** Connects when it is let, and remembers what it did. */
  private static final class Nodes implements NodeConnector {
    final LinkedBlockingQueue<Session> made = new LinkedBlockingQueue<>();
    final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    final CountDownLatch begun = new CountDownLatch(1);
    volatile CountDownLatch gate = new CountDownLatch(0);
    volatile boolean refuse;

    @Override
    public NodeSession connect(String fqdn, StopRequest stop) throws UnreachableException {
      asked.add(fqdn);
      begun.countDown();
      CountDownLatch opens = gate;
      try (var _ = stop.onRequest(_ -> opens.countDown())) {
        opens.await();
      } catch (InterruptedException e) {
        throw new UnreachableException("interrupted", e);
      }
      if (stop.level() != StopRequest.Level.NONE) {
        throw new UnreachableException("stopped");
      }
      if (refuse) {
        throw new UnreachableException("refused");
      }
      var session = new Session();
      made.add(session);
      return session;
    }
  }

  private static final class Session implements NodeSession {
    final CountDownLatch closed = new CountDownLatch(1);
    volatile boolean up = true;

    @Override
    public RemoteResult run(
        String commandLine,
        Input stdin,
        LineSink output,
        Optional<Duration> timeout,
        StopRequest stop) {
      throw new AssertionError("nothing is run ahead");
    }

    @Override
    public boolean isUp() {
      return up;
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  private final Nodes nodes = new Nodes();
  private final EarlyConnector early = new EarlyConnector(nodes);

  private NodeSession connect() throws UnreachableException {
    return early.connect("a", new StopRequest());
  }

  @Test
  void handsOutTheConnectionThatWasMadeBefore() throws Exception {
    early.begin("a");
    early.begin("a");
    Session made = nodes.made.take();

    assertThat(connect()).isSameAs(made);
    assertThat(connect()).as("each once").isNotSameAs(made);
    assertThat(nodes.asked).containsExactly("a", "a");
  }

  @Test
  void waitsForOneThatIsStillBeingMade() throws Exception {
    nodes.gate = new CountDownLatch(1);
    early.begin("a");
    nodes.begun.await();
    Thread opener = Thread.startVirtualThread(() -> nodes.gate.countDown());

    assertThat(connect()).isSameAs(nodes.made.take());
    opener.join();
    assertThat(nodes.asked).containsExactly("a");
  }

  @Test
  void makesOneThatDiedAnew() throws Exception {
    early.begin("a");
    Session dead = nodes.made.take();
    dead.up = false;

    assertThat(connect()).isSameAs(nodes.made.take()).isNotSameAs(dead);
    assertThat(dead.closed.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aFailureBeforeTheTurnDoesNotCount() throws Exception {
    nodes.refuse = true;
    early.begin("a");
    nodes.begun.await();
    nodes.refuse = false;
    // Whichever way that one went, a node that can be reached now is reached.
    try {
      assertThat(connect()).isNotNull();
    } catch (UnreachableException e) {
      assertThat(e).hasMessage("refused");
    }
    assertThat(connect()).isNotNull();
  }

  @Test
  void whoeverWaitsCanBeStopped() throws Exception {
    nodes.gate = new CountDownLatch(1);
    early.begin("a");
    nodes.begun.await();
    var stop = new StopRequest();
    stop.request(StopRequest.Level.TERMINATE);

    assertThatExceptionOfType(UnreachableException.class)
        .isThrownBy(() -> early.connect("a", stop))
        .withMessage("stopped");
    assertThat(nodes.made).isEmpty();
  }

  @Test
  void closesWhatNobodyAskedForAlsoWhatIsStillBeingMade() throws Exception {
    early.begin("a");
    Session made = nodes.made.take();
    nodes.gate = new CountDownLatch(1);
    early.begin("b");

    early.close();

    assertThat(made.closed.await(30, TimeUnit.SECONDS)).isTrue();
    nodes.gate = new CountDownLatch(0);
    early.begin("c");
    assertThat(connect()).as("connects without being early").isSameAs(nodes.made.take());
    assertThat(nodes.asked).doesNotContain("c");
  }
}
