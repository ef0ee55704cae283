package dev.kitchenhooks.process;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
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
 *   <li>the pipe of the output finds even those, as long as they hold it;
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

  private static final String OUTER = System.getenv().getOrDefault(VARIABLE, "");
  private static final String PREFIX =
      "t" + ProcessHandle.current().pid() + "-" + Long.toHexString(System.currentTimeMillis());
  private static final AtomicLong COUNTER = new AtomicLong();

  private final Process leader;
  private final Optional<ProcFinder> finder;
  private final Set<ProcessHandle> known = new HashSet<>();
  private final Set<ProcessHandle> terminated = new HashSet<>();

  /**
   * @param name from {@link #newName}, also the value of {@link #VARIABLE} in the leader's
   *     environment
   * @param relay reads the output; see {@link SessionExecutor}
   */
  ProcessTree(String name, Process leader, Process relay) {
    this.leader = leader;
    String own = name.substring(OUTER.length());
    this.finder =
        ProcFs.AVAILABLE ? Optional.of(new ProcFinder(own, leader, relay)) : Optional.empty();
  }

  /** A value for {@link #VARIABLE} that no other tree on this machine has. */
  static String newName() {
    return OUTER + PREFIX + "-" + COUNTER.incrementAndGet() + ";";
  }

  /** A living process of the tree. */
  record Member(ProcessHandle handle, String name) {}

  /** Who is alive now; new ones may appear until this is empty. */
  synchronized List<Member> members() {
    List<Member> members = finder.map(this::found).orElseGet(this::descendants);
    members.forEach(member -> known.add(member.handle()));
    return members;
  }

  /** The names of those who have the output open; where that cannot be known, of all members. */
  List<String> holders() {
    List<String> all = members().stream().map(Member::name).toList();
    List<String> holders =
        finder.map(proc -> proc.holders().stream().map(ProcFs.Entry::name).toList()).orElse(all);
    return holders.isEmpty() ? all : holders;
  }

  /** SIGTERM to all that have not got it from here yet; returns who is alive. */
  synchronized List<Member> terminate() {
    List<Member> members = members();
    for (Member member : members) {
      if (terminated.add(member.handle())) {
        member.handle().destroy();
      }
    }
    return members;
  }

  /** SIGKILL to all that are alive, who are returned: call it again until nobody is. */
  List<Member> kill() {
    List<Member> members = members();
    members.forEach(member -> member.handle().destroyForcibly());
    return members;
  }

  private List<Member> found(ProcFinder proc) {
    Set<Long> alive =
        known.stream()
            .filter(ProcessHandle::isAlive)
            .map(ProcessHandle::pid)
            .collect(Collectors.toSet());
    return proc.find(alive).stream().flatMap(entry -> member(entry).stream()).toList();
  }

  /** The handle is that of the process that was looked at only if that one is still there. */
  private static Optional<Member> member(ProcFs.Entry entry) {
    Optional<ProcessHandle> handle = ProcessHandle.of(entry.pid());
    return ProcFs.entry(entry.pid())
        .filter(now -> now.startTicks() == entry.startTicks())
        .flatMap(_ -> handle)
        .map(same -> new Member(same, entry.name()));
  }

  private List<Member> descendants() {
    return Stream.concat(Stream.of(leader.toHandle()), known.stream())
        .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
        .distinct()
        .filter(ProcessHandle::isAlive)
        .map(handle -> new Member(handle, handle.info().command().orElse("?")))
        .toList();
  }
}
