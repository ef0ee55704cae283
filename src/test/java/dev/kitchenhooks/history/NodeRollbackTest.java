package dev.kitchenhooks.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.rules.Outcome;
import dev.kitchenhooks.run.Revisions;
import dev.kitchenhooks.testkit.Plans;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a node goes back to, by what is recorded of it. */
class NodeRollbackTest {
  private static final String RUN = "run-2";
  private static final String FQDN = "web1.example.com";

  private boolean force;
  private int lostEvents;

  private static Revisions revisions(String before, String after) {
    return new Revisions(
        Optional.of(before).filter(id -> !id.isEmpty()),
        Optional.of(after).filter(id -> !id.isEmpty()));
  }

  private static StoredNode deployed(String before, String after, int exitCode) {
    var end = new WorkEnd(exitCode, "", Duration.ZERO, List.of(), revisions(before, after));
    return StoredNode.planned(Plans.facts(FQDN, "_default"))
        .started(Instant.EPOCH)
        .deployed(end)
        .ended(
            new StoredNode.End(
                exitCode == 0 ? Outcome.DEPLOYED : Outcome.FAILED, "", Duration.ZERO));
  }

  private static LaterDeploy later(String run, String before, String after) {
    return new LaterDeploy(
        FQDN, run, Optional.empty(), OptionalInt.of(0), revisions(before, after));
  }

  private static LaterDeploy back(String run, int exitCode, String before, String after) {
    return new LaterDeploy(
        FQDN, run, Optional.of(RUN), OptionalInt.of(exitCode), revisions(before, after));
  }

  private NodeRollback of(StoredNode node, LaterDeploy... later) {
    return NodeRollback.of(RUN, lostEvents, node, List.of(later), force);
  }

  private static void assertImpossible(NodeRollback what, String why) {
    assertThat(what)
        .isInstanceOfSatisfying(
            NodeRollback.Impossible.class, found -> assertThat(found.why()).contains(why));
  }

  @Test
  void aNodeGoesBackToWhatItHad() {
    assertThat(of(deployed("a", "b", 0))).isEqualTo(new NodeRollback.To("a"));
    // It failed after the switch, or got lost somewhere on the way: the node may have it.
    assertThat(of(deployed("a", "b", 1))).isEqualTo(new NodeRollback.To("a"));
    assertThat(of(deployed("a", "", 255))).isEqualTo(new NodeRollback.To("a"));
  }

  @Test
  void whatTheRunHasNotChangedIsLeftAlone() {
    assertThat(of(deployed("a", "a", 1))).isInstanceOf(NodeRollback.Left.class);
    StoredNode planned = StoredNode.planned(Plans.facts(FQDN, "_default"));
    assertThat(of(planned)).isInstanceOf(NodeRollback.Left.class);
    assertThat(
            of(
                planned
                    .started(Instant.EPOCH)
                    .ended(new StoredNode.End(Outcome.SKIPPED, "", Duration.ZERO))))
        .isInstanceOf(NodeRollback.Left.class);
  }

  @Test
  void whatIsNotKnownIsNotGuessed() {
    assertImpossible(of(deployed("", "b", 0)), "it has no earlier revision");
    assertImpossible(of(deployed("", "", 255)), "it is not known which revision it had");
    StoredNode planned = StoredNode.planned(Plans.facts(FQDN, "_default"));
    assertImpossible(of(planned.started(Instant.EPOCH)), "it is not recorded how far");
    lostEvents = 1;
    assertImpossible(of(planned), "it is not recorded how far");
  }

  @Test
  void whatWasDeployedSinceTakesAWord() {
    StoredNode node = deployed("a", "b", 1);
    assertImpossible(
        of(node, later("run-3", "b", "b")), "run run-3 has deployed it again since run run-2");
    force = true;
    assertThat(of(node, later("run-3", "b", "b"))).isEqualTo(new NodeRollback.To("a"));
    assertImpossible(of(node, later("run-3", "b", "c")), "revision a, which it had before");
    assertThat(of(node, later("run-3", "b", "c"), later("run-4", "c", "a")))
        .isEqualTo(new NodeRollback.To("a"));
  }

  @Test
  void aRollbackThatFailedIsGoneOnWith() {
    StoredNode node = deployed("a", "b", 0);
    assertThat(of(node, back("run-3", 1, "b", "a"))).isEqualTo(new NodeRollback.To("a"));
    assertThat(of(node, back("run-3", 1, "b", "b"))).isEqualTo(new NodeRollback.To("a"));
    assertThat(of(node, back("run-3", 1, "b", "a"), back("run-4", 0, "a", "a")))
        .isInstanceOf(NodeRollback.Left.class);
    assertImpossible(of(node, back("run-3", 0, "b", "a"), later("run-4", "a", "c")), "run-4");
  }

  /**
   * Against a node that keeps two revisions as the real one does, whatever is deployed, and by
   * whom: what is said to be gone is gone, and where nothing is hidden, the other way round, too.
   */
  @Test
  void whatIsSaidToBeGoneIsGone() {
    force = true;
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 5_000; round++) {
      var kept = new String[] {"a", "z"};
      boolean others = false;
      boolean unknown = false;
      StoredNode node = deployed("a", deploy(kept, "b"), 0);
      List<LaterDeploy> later = new ArrayList<>();
      for (int i = random.nextInt(5); i > 0; i--) {
        String before = kept[0];
        String after = deploy(kept, String.valueOf((char) ('a' + random.nextInt(4))));
        switch (random.nextInt(8)) {
          case 0 -> others = true;
          case 1 -> {
            later.add(later("run", before, ""));
            unknown = true;
          }
          default -> later.add(later("run", before, after));
        }
      }
      NodeRollback found = of(node, later.toArray(LaterDeploy[]::new));
      boolean there = List.of(kept).contains("a");
      if (found instanceof NodeRollback.Impossible && !others) {
        assertThat(there).as("seed %d, %s", seed, later).isFalse();
      }
      if (!others && !unknown) {
        assertThat(found instanceof NodeRollback.To)
            .as("seed %d, %s", seed, later)
            .isEqualTo(there);
      }
    }
  }

  private static String deploy(String[] kept, String revision) {
    if (!kept[0].equals(revision)) {
      kept[1] = kept[0];
      kept[0] = revision;
    }
    return revision;
  }
}
