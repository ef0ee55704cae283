package dev.kitchenhooks.plugin;

import dev.kitchenhooks.hook.PluginPin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fetches one commit of one repository, with its submodules, into a directory of its own. Nothing
 * of what is fetched is run or applied: no hook, no filter, no conversion of line ends, whatever
 * the repository or the caller's configuration says of them.
 */
final class Fetcher {
  private static final int SHA256_DIGITS = 64;
  private static final int MOST_COMMITS = 20;
  private static final String WANTED = "refs/fix/wanted";

  /** {@code info/attributes} counts more than any file of the repository. */
  private static final String ATTRIBUTES =
      "* -text -filter -ident -eol !working-tree-encoding -export-subst\n";

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
  private static final Pattern LOG = Pattern.compile("([0-9a-f]{40}|[0-9a-f]{64}) (.*)");
  private static final Pattern STATUS = Pattern.compile("([AMDT])\t(.+)");

  private final Git git;
  private final String address;
  private final Path place;
  private final Path tree;

  /**
   * @param git prepared for the repository
   * @param address the repository
   * @param place an empty directory
   */
  Fetcher(Git git, String address, Path place) {
    this.git = git;
    this.address = address;
    this.place = place;
    this.tree = place.resolve("tree");
  }

  /**
   * Fetches what a ref stands for now.
   *
   * @param old the commit that was pinned before
   */
  Fetched fetch(Resolved ref, Optional<String> old)
      throws GitFailure, PluginException, IOException {
    init(ref.commit());
    if (ref.name().isPresent()) {
      // With its history, so that what has changed can be told.
      List<String> depth = old.isEmpty() ? List.of("--depth=1") : List.of();
      fetchRef(ref.name().get(), depth);
    } else {
      fetchCommit(ref.commit());
    }
    String commit = commit(WANTED);
    Optional<History> history = old.isPresent() ? history(old.get(), commit) : Optional.empty();
    return checkOut(commit, history);
  }

  /** Fetches a commit that was pinned. */
  Fetched fetchPinned(PluginPin pin) throws GitFailure, PluginException, IOException {
    init(pin.commit());
    fetchCommit(pin.commit());
    return checkOut(commit(WANTED), Optional.empty());
  }

  private void init(String commit) throws GitFailure, IOException {
    Path template = place.resolve("template");
    Files.createDirectories(template.resolve("info"));
    Files.writeString(template.resolve("info/attributes"), ATTRIBUTES);
    git.useTemplate(template);
    String format = commit.length() == SHA256_DIGITS ? "sha256" : "sha1";
    git.run("init", "--quiet", "--object-format=" + format, "--", tree.toString());
    // Addresses of submodules may be relative to this one.
    inTree("config", "remote.origin.url", address);
  }

  private void fetchRef(String name, List<String> options) throws GitFailure {
    try {
      fetch(options, "+" + name + ":" + WANTED);
    } catch (GitFailure e) {
      // A server of plain files knows no depth.
      if (options.isEmpty() || e.kind() != GitFailure.Kind.FAILED) {
        throw e;
      }
      fetch(List.of(), "+" + name + ":" + WANTED);
    }
  }

  /** By itself where the server gives it; else with all that the server has, and be it there. */
  private void fetchCommit(String commit) throws GitFailure, PluginException {
    try {
      fetch(List.of("--depth=1"), "+" + commit + ":" + WANTED);
    } catch (GitFailure e) {
      if (e.kind() != GitFailure.Kind.FAILED) {
        throw e;
      }
      fetch(List.of(), "+refs/heads/*:refs/fix/heads/*", "+refs/tags/*:refs/fix/tags/*");
      try {
        inTree("update-ref", WANTED, commit);
      } catch (GitFailure missing) {
        if (missing.kind() != GitFailure.Kind.FAILED) {
          throw missing;
        }
        throw PluginException.invalid(
            "it has no commit %s (any more)".formatted(PluginPin.shortened(commit)),
            "its history may have been rewritten: fix hooks update takes what the ref is now");
      }
    }
  }

  private void fetch(List<String> options, String... refs) throws GitFailure {
    var words =
        new ArrayList<>(
            List.of("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-gc"));
    words.addAll(options);
    words.addAll(List.of("--", address));
    words.addAll(List.of(refs));
    inTree(words.toArray(String[]::new));
  }

  private String commit(String name) throws GitFailure, PluginException {
    try {
      return inTree("rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}")
          .stream()
          .filter(line -> HASH.matcher(line).matches())
          .findFirst()
          .orElseThrow(() -> new GitFailure(GitFailure.Kind.FAILED, "git names no commit"));
    } catch (GitFailure e) {
      if (e.kind() != GitFailure.Kind.FAILED) {
        throw e;
      }
      throw PluginException.invalid("the ref is no commit: " + e.said(), "name one that is");
    }
  }

  /** Empty where the old commit is not in the history of the new one. */
  private Optional<History> history(String old, String now) throws GitFailure {
    if (old.equals(now)) {
      return Optional.empty();
    }
    try {
      inTree("merge-base", "--is-ancestor", old, now);
    } catch (GitFailure unrelated) {
      if (unrelated.kind() != GitFailure.Kind.FAILED) {
        throw unrelated;
      }
      return Optional.empty();
    }
    String range = old + ".." + now;
    var commits = new ArrayList<Commit>();
    for (String line : inTree("log", "--no-color", "--format=%H %s", "-n" + MOST_COMMITS, range)) {
      Matcher commit = LOG.matcher(line);
      if (commit.matches()) {
        commits.add(new Commit(commit.group(1), commit.group(2)));
      }
    }
    long count =
        inTree("rev-list", "--count", range).stream()
            .filter(line -> line.matches("\\d{1,9}"))
            .mapToLong(Long::parseLong)
            .findFirst()
            .orElse(commits.size());
    var files = new ArrayList<FileChange>();
    for (String line : inTree("diff", "--name-status", "--no-renames", "--no-ext-diff", range)) {
      Matcher status = STATUS.matcher(line);
      if (status.matches()) {
        char change = status.group(1).charAt(0);
        files.add(new FileChange(change == 'T' ? 'M' : change, status.group(2)));
      }
    }
    return Optional.of(new History(commits, count - commits.size(), files));
  }

  private Fetched checkOut(String commit, Optional<History> history)
      throws GitFailure, IOException {
    inTree("checkout", "--quiet", "--detach", "--force", commit, "--");
    if (Files.exists(tree.resolve(".gitmodules"))) {
      inTree("submodule", "--quiet", "update", "--init", "--recursive", "--checkout", "--force");
    }
    PlainTree.make(tree);
    return new Fetched(commit, tree, Manifest.of(tree), history);
  }

  private List<String> inTree(String... arguments) throws GitFailure {
    var words = new ArrayList<>(List.of("-C", tree.toString()));
    words.addAll(List.of(arguments));
    return git.run(words.toArray(String[]::new));
  }
}
