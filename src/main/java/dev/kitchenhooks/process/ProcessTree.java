package dev.kitchenhooks.process;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process and all that came from it, wherever they went. None of the marks below is enough alone:
 *
 * <ul>
 *   <li>the session of the leader finds those whose parents have exited, but not those that called
 *       setsid(2) themselves;
 *   <li>the chain of parents finds those in other sessions, but breaks where a parent exits;
 *   <li>a variable in the environment finds daemons that did both, but not programs started with a
 *       cleaned environment;
 *   <li>whoever was found once stays known.
 * </ul>
 *
 * Without /proc only the chain of parents is left. Safe for use by several threads.
 */
final class ProcessTree {
  /**
   * Names the trees that a process belongs to, outermost first; each name ends with a semicolon.
   */
  static final String VARIABLE = "FIX_PROCESS_TREE";

  /**
   * Only pids given out after the leader's can belong to its tree. That holds until the numbers
   * have been round once: 32,768 at the least, which no machine forks in this time.
   */
  private static final long PIDS_IN_ORDER_NANOS = 1_000_000_000L;

  private static final String OUTER = System.getenv().getOrDefault(VARIABLE, "");
  private static final String PREFIX =
      "t" + ProcessHandle.current().pid() + "-" + Long.toHexString(System.currentTimeMillis());
  private static final AtomicLong COUNTER = new AtomicLong();

  private final byte[] mark;
  private final Process leader;
  private final long startedNanos;
  private final Set<ProcessHandle> known = new HashSet<>();

  /**
   * @param name from {@link #newName}, also the value of {@link #VARIABLE} in the leader's
   *     environment
   */
  ProcessTree(String name, Process leader) {
    this.mark = name.substring(OUTER.length()).getBytes(StandardCharsets.US_ASCII);
    this.leader = leader;
    this.startedNanos = System.nanoTime();
  }

  /** A value for {@link #VARIABLE} that no other tree on this machine has. */
  static String newName() {
    return OUTER + PREFIX + "-" + COUNTER.incrementAndGet() + ";";
  }

  /** A living process of the tree. */
  record Member(ProcessHandle handle, String name) {}

  /** Who is alive now; new ones may appear until this is empty. */
  synchronized List<Member> members() {
    List<Member> members = ProcFs.AVAILABLE ? fromProc() : fromParents();
    members.forEach(member -> known.add(member.handle()));
    return members;
  }

  /** SIGTERM to all. */
  void terminate() {
    members().forEach(member -> member.handle().destroy());
  }

  /** SIGKILL to all that are alive, who are returned: call it again until nobody is. */
  List<Member> kill() {
    List<Member> members = members();
    members.forEach(member -> member.handle().destroyForcibly());
    return members;
  }

  /** For people: {@code 2 processes (nc, sleep)}. */
  static String describe(List<Member> members) {
    String names =
        members.stream().map(Member::name).distinct().sorted().collect(Collectors.joining(", "));
    return (members.size() == 1 ? "1 process" : members.size() + " processes") + " (" + names + ")";
  }

  private List<Member> fromProc() {
    boolean leaderAlive = leader.isAlive();
    List<ProcFs.Entry> entries = candidates(leaderAlive);
    Set<Long> inside = inside(entries, leaderAlive);
    List<Member> members = new ArrayList<>();
    for (ProcFs.Entry entry : entries) {
      if (inside.contains(entry.pid())) {
        // The handle is that of the process that was looked at only if that one is still there.
        Optional<ProcessHandle> handle = ProcessHandle.of(entry.pid());
        Optional<Long> start = ProcFs.entry(entry.pid()).map(ProcFs.Entry::startTicks);
        if (handle.isPresent() && start.equals(Optional.of(entry.startTicks()))) {
          members.add(new Member(handle.get(), entry.name()));
        }
      }
    }
    return members;
  }

  private List<ProcFs.Entry> candidates(boolean leaderAlive) {
    long first = leader.pid();
    long last = ProcFs.lastPid();
    LongPredicate wanted =
        System.nanoTime() - startedNanos > PIDS_IN_ORDER_NANOS
            ? pid -> true
            : last >= first
                ? pid -> pid >= first && pid <= last
                : pid -> pid >= first || pid <= last;
    boolean nothingSince = last == first && !leaderAlive;
    return nothingSince ? List.of() : ProcFs.living(wanted);
  }

  private Set<Long> inside(List<ProcFs.Entry> entries, boolean leaderAlive) {
    // Once the leader's session is empty, its number may belong to someone else.
    boolean numberReused =
        !leaderAlive && entries.stream().anyMatch(entry -> entry.pid() == leader.pid());
    Set<Long> stillKnown =
        known.stream()
            .filter(ProcessHandle::isAlive)
            .map(ProcessHandle::pid)
            .collect(Collectors.toSet());
    Set<Long> inside = new HashSet<>();
    for (ProcFs.Entry entry : entries) {
      boolean inSession = entry.session() == leader.pid() && !numberReused;
      boolean isLeader = entry.pid() == leader.pid() && leaderAlive;
      if (isLeader
          || inSession
          || stillKnown.contains(entry.pid())
          || contains(ProcFs.environment(entry.pid()), mark)) {
        inside.add(entry.pid());
      }
    }
    addChildren(entries, inside);
    inside.remove(ProcessHandle.current().pid());
    return inside;
  }

  private static void addChildren(List<ProcFs.Entry> entries, Set<Long> inside) {
    Map<Long, List<Long>> children = new HashMap<>();
    for (ProcFs.Entry entry : entries) {
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

  private List<Member> fromParents() {
    return Stream.concat(Stream.of(leader.toHandle()), known.stream())
        .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
        .distinct()
        .filter(ProcessHandle::isAlive)
        .map(handle -> new Member(handle, handle.info().command().orElse("?")))
        .toList();
  }

  private static boolean contains(byte[] text, byte[] part) {
    for (int start = 0; start <= text.length - part.length; start++) {
      int matched = 0;
      while (matched < part.length && text[start + matched] == part[matched]) {
        matched++;
      }
      if (matched == part.length) {
        return true;
      }
    }
    return false;
  }
}
