package dev.kitchenhooks.process;

import dev.kitchenhooks.process.ProcFs.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Finds the members of a {@link ProcessTree} in /proc. */
final class ProcFinder {
  /**
   * Only pids given out after the leader's can belong to its tree. That holds until the numbers
   * have gone round once; no kernel gives out more than so many a second.
   */
  private static final long PIDS_PER_SECOND = 100_000;

  /** A process has no environment to look at while it is in execve(2): look again. */
  private static final int LOOKS = 4;

  private static final long BETWEEN_LOOKS_NANOS = 1_000_000L;

  private final String name;
  private final Process leader;
  private final Process relay;
  private final Deadline pidsInOrder =
      Deadline.in(Duration.ofMillis(1000 * ProcFs.maxPid() / PIDS_PER_SECOND));
  private final long startTicks;

  /**
   * @param name of the tree, with its semicolon
   */
  ProcFinder(String name, Process leader, Process relay) {
    this.name = name;
    this.leader = leader;
    this.relay = relay;
    // If it is gone already, any process might be younger.
    this.startTicks = ProcFs.entry(leader.pid()).map(Entry::startTicks).orElse(0L);
  }

  /**
   * @param known pids of members found earlier that are still alive
   */
  List<Entry> find(Set<Long> known) {
    Look look = ProcTable.look(table -> new Look(table, known));
    for (int i = 1; i < LOOKS && look.unsure; i++) {
      LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
      look = ProcTable.look(table -> new Look(table, known));
    }
    return look.members();
  }

  /** Members or not, who has the output open. */
  List<Entry> holders() {
    Optional<String> pipe = outputPipe();
    return pipe.isEmpty()
        ? List.of()
        : ProcTable.look(this::candidates).stream()
            .filter(entry -> ProcFs.holds(entry.pid(), pipe.get()))
            .toList();
  }

  /** The pipe is known by the relay's end of it; once the relay has ended, nobody holds it. */
  private Optional<String> outputPipe() {
    return relay.isAlive() ? ProcFs.openFile(relay.pid(), 0) : Optional.empty();
  }

  /** Whoever is older than the leader is not of its tree, even if it was handed the output. */
  private List<Entry> candidates(ProcTable table) {
    long first = leader.pid();
    long last = table.lastPid();
    boolean all = pidsInOrder.passed();
    long self = ProcessHandle.current().pid();
    return table.pids().stream()
        .filter(pid ->
            all || (last >= first ? pid >= first && pid <= last : pid >= first || pid <= last))
        .filter(pid -> pid != relay.pid() && pid != self)
        .flatMap(pid -> table.entry(pid).stream())
        .filter(entry -> !entry.dead() && entry.startTicks() >= startTicks)
        .toList();
  }

  /** One look at all candidates. */
  private final class Look {
    private final boolean leaderAlive = leader.isAlive();
    private final ProcTable table;
    private final List<Entry> candidates;
    private final Set<Long> inside = new HashSet<>();
    private boolean unsure;

    Look(ProcTable table, Set<Long> known) {
      this.table = table;
      this.candidates = candidates(table);
      // Once the leader's session is empty, its number may belong to someone else.
      boolean numberReused =
          !leaderAlive && candidates.stream().anyMatch(entry -> entry.pid() == leader.pid());
      Optional<String> pipe = leaderAlive ? Optional.empty() : outputPipe();
      for (Entry entry : candidates) {
        long pid = entry.pid();
        if ((pid == leader.pid() && leaderAlive)
            || (entry.session() == leader.pid() && !numberReused)
            || known.contains(pid)
            || hasMark(pid)
            || pipe.filter(file -> ProcFs.holds(pid, file)).isPresent()) {
          inside.add(pid);
        }
      }
      addChildren();
    }

    List<Entry> members() {
      return candidates.stream().filter(entry -> inside.contains(entry.pid())).toList();
    }

    private boolean hasMark(long pid) {
      ProcTable.Mark mark = table.mark(pid);
      unsure |= mark.unknown();
      return mark.trees().contains(name);
    }

    private void addChildren() {
      Map<Long, List<Long>> children = new HashMap<>();
      for (Entry entry : candidates) {
        children.computeIfAbsent(entry.parent(), _ -> new ArrayList<>()).add(entry.pid());
      }
      List<Long> toVisit = new ArrayList<>(inside);
      while (!toVisit.isEmpty()) {
        for (long child : children.getOrDefault(toVisit.removeLast(), List.of())) {
          if (inside.add(child)) {
            toVisit.add(child);
          }
        }
      }
    }
  }
}
