package dev.kitchenhooks.cli;

import dev.kitchenhooks.plan.Batches;
import dev.kitchenhooks.plan.Limits;
import dev.kitchenhooks.plan.NodeLimit;
import dev.kitchenhooks.plan.NodeOrder;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.problem.FixException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What every command takes that runs hooks, or shows what would run. */
final class RunOptions {
  /** Few enough to be typed again. */
  private static final int SEEDS = 1_000_000;

  private static final Pattern MAX_FAIL = Pattern.compile("(\\d{1,9})(%?)");

  @Nullable String environment;
  boolean includeGuests;
  int concurrency = 1;
  boolean keepGoing;
  @Nullable String maxFail;
  @Nullable String batch;
  List<String> limit = new ArrayList<>();
  @Nullable String order;
  boolean atomic;
  boolean noHooks;
  List<String> skipHooks = new ArrayList<>();

  void addTo(Syntax syntax) {
    syntax
        .text(
            "-e, --env ENV",
            "Only nodes of this environment (not for nodes that are named).",
            v -> environment = v)
        .flag(
            "-g, --include-guests",
            "Behind each host of virtual machines the nodes that are its guests, too.",
            v -> includeGuests = v)
        .number(
            "-c, --concurrency N",
            "How many nodes at once. Default: ${DEFAULT-VALUE}.",
            1,
            v -> concurrency = v)
        .flag(
            "--keep-going",
            "Go on with the other nodes when one failed or cannot be reached.",
            v -> keepGoing = v)
        .text(
            "--max-fail N[%]",
            "Start no further node once more than so many have failed. Default: 0.",
            v -> maxFail = v)
        .text(
            "--batch SIZE[,SIZE...]",
            "Divide the nodes, e.g. 1,10%%,50%%: each batch waits for the one before; the last size repeats.",
            v -> batch = v)
        .texts(
            "--limit PATTERN[,PATTERN...]",
            "Only those of the chosen nodes: names, globs, ! before one leaves out.",
            v -> limit = v)
        .text(
            "--order ORDER",
            "given, name, reverse, shuffle or shuffle:SEED. Default: given.",
            v -> order = v)
        .flag(
            "--atomic",
            "If the run fails, roll back the nodes that it has changed. For deploys with their own run lists.",
            v -> atomic = v)
        .flag("--no-hooks", "Run no hook at all.", v -> noHooks = v)
        .texts(
            "--skip-hooks TYPE|NAME|tag:TAG",
            "Leave these hooks out. May be given again.",
            v -> skipHooks = v);
  }

  /**
   * Those that are not at their defaults, as a person would type them; {@code --env} is not among
   * them.
   */
  List<String> asWords() {
    var words = new ArrayList<String>();
    if (includeGuests) {
      words.add("--include-guests");
    }
    if (concurrency != 1) {
      words.addAll(List.of("-c", Integer.toString(concurrency)));
    }
    if (keepGoing) {
      words.add("--keep-going");
    }
    if (maxFail != null) {
      words.addAll(List.of("--max-fail", maxFail));
    }
    if (batch != null) {
      words.addAll(List.of("--batch", batch));
    }
    limit.forEach(patterns -> words.addAll(List.of("--limit", patterns)));
    if (order != null) {
      words.addAll(List.of("--order", order));
    }
    if (atomic) {
      words.add("--atomic");
    }
    if (noHooks) {
      words.add("--no-hooks");
    }
    skipHooks.forEach(skip -> words.addAll(List.of("--skip-hooks", skip)));
    return words;
  }

  /** What of them is meant for the rollback that {@link #atomic} asks for. */
  RunOptions ofRollback() {
    var options = new RunOptions();
    options.concurrency = concurrency;
    options.keepGoing = true;
    options.noHooks = noHooks;
    options.skipHooks = skipHooks;
    return options;
  }

  /**
   * Checks that what is done can be taken back, where that is asked for.
   *
   * @throws FixException if it cannot
   */
  void requireAtomicPossible(Work work) {
    if (!atomic) {
      return;
    }
    String why =
        switch (work) {
          case Work.Converge(List<String> runList, Work.Manner manner) ->
              manner.whyRun()
                  ? "a why-run changes no node"
                  : runList.isEmpty()
                      ? ""
                      : "recipe: and role: converge a part, and going back would converge all";
          case Work.Applications _ -> "applications have no revisions";
          case Work.Rollback _ -> "a rollback is repeated until it is done";
          case Work.RemoteShell _,
              Work.NodePlugin _,
              Work.InstallChef _,
              Work.CommandPerNode _,
              Work.CommandOnce _ ->
              "what a command of your own has done, fix cannot undo";
        };
    if (!why.isEmpty()) {
      throw FixException.invalid("--atomic means nothing here: " + why, "leave it out");
    }
  }

  Optional<String> environment() {
    return Optional.ofNullable(environment);
  }

  /** Which of the chosen nodes. */
  NodeLimit limit() {
    return NodeLimit.parse(limit);
  }

  /**
   * In which order the nodes start. A seed that is picked stands in {@link #asWords} from now on,
   * so that the order can be repeated.
   *
   * @param tell gets a line about a seed that is picked
   */
  NodeOrder order(Consumer<String> tell) {
    if (order == null) {
      return new NodeOrder.Given();
    }
    NodeOrder parsed = NodeOrder.parse(order, () -> new Random().nextInt(SEEDS));
    if (order.equals(NodeOrder.SHUFFLE)) {
      order = parsed.text();
      tell.accept("The nodes are shuffled; the same order again: --order " + order);
    }
    return parsed;
  }

  /**
   * How many nodes at once, how many may fail, and in which batches they start.
   *
   * @param nodes what a percentage is taken of
   */
  Limits limits(int nodes) {
    if (concurrency < 1) {
      throw FixException.invalid(
          "--concurrency " + concurrency + ": at least 1 was expected", "try -c 10");
    }
    if (keepGoing && maxFail != null) {
      throw FixException.invalid(
          "--keep-going and --max-fail exclude each other", "leave one of them out");
    }
    int maxFailed = maxFail == null ? 0 : maxFailed(maxFail, nodes);
    return new Limits(
        concurrency,
        keepGoing ? Integer.MAX_VALUE : maxFailed,
        batch == null ? Batches.ONE : Batches.parse(batch, nodes));
  }

  private static int maxFailed(String text, int nodes) {
    Matcher m = MAX_FAIL.matcher(text);
    if (!m.matches()) {
      throw FixException.invalid(
          "--max-fail " + text + ": a number or a percentage was expected",
          "try --max-fail 3, or --max-fail 10%");
    }
    int number = Integer.parseInt(m.group(1));
    if (m.group(2).isEmpty()) {
      return number;
    }
    if (number > 100) {
      throw FixException.invalid(
          "--max-fail " + text + ": at most 100% was expected", "try --max-fail 10%");
    }
    return (int) ((long) nodes * number / 100);
  }
}
