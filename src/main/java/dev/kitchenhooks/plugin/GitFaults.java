package dev.kitchenhooks.plugin;

import dev.kitchenhooks.problem.ExitCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What to do when git fails. */
final class GitFaults {
  /** By git's and ssh's own words, the more precise first. */
  private static final Map<Pattern, String> HINTS = new LinkedHashMap<>();

  static {
    hint(
        "Host key verification failed",
        "connect once with ssh and check the fingerprint of the host's key");
    hint(
        "Permission denied \\((?:publickey|password|keyboard)",
        "ssh-add -l shows the keys that your agent offers");
    hint(
        "could not read (?:Username|Password)|Authentication failed|prompts disabled",
        "nobody is asked here: use a credential helper of git, or ssh-agent");
    hint(
        "dubious ownership",
        "the repository belongs to somebody else: git config --global --add safe.directory DIR");
    hint(
        "transport 'file' not allowed",
        "submodules of a repository elsewhere may not lie on this machine");
    hint("transport '.*' not allowed", "https, http, ssh, git and file are");
    hint("Could not resolve host", "is the network there, and the name right?");
    hint("submodule", "it is in a submodule: git clone --recurse-submodules shows it too");
  }

  private GitFaults() {}

  private static void hint(String said, String hint) {
    HINTS.put(Pattern.compile(said), hint);
  }

  /** The fault that a failure of git is. */
  static Fault of(GitFailure failure, String repo) {
    return switch (failure.kind()) {
      case MISSING ->
          Fault.invalid("git cannot be run: " + failure.said(), "plugins need git: install it");
      case FAILED ->
          Fault.unreachable("it cannot be fetched: " + failure.said(), hintFor(failure, repo));
      case TIMED_OUT ->
          Fault.unreachable(
              "it cannot be fetched: " + failure.said(),
              "try again, or give it longer: fix hooks update --timeout 30m");
      case STOPPED -> new Fault(ExitCode.INTERRUPTED, "interrupted", null);
    };
  }

  private static @Nullable String hintFor(GitFailure failure, String repo) {
    return HINTS.entrySet().stream()
        .filter(entry -> entry.getKey().matcher(failure.said()).find())
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("git ls-remote " + repo + " shows it too");
  }
}
