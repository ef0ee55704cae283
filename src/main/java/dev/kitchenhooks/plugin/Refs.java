package dev.kitchenhooks.plugin;

import dev.kitchenhooks.hook.PluginPin.Kind;
import dev.kitchenhooks.hook.PluginSource;
import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.problem.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a repository what a ref stands for. */
final class Refs {
  private static final Pattern COMMIT = Pattern.compile("(?:[0-9a-f]{40}|[0-9a-f]{64})");
  private static final Pattern SHORT_COMMIT = Pattern.compile("[0-9a-fA-F]{4,63}");
  private static final Pattern LINE = Pattern.compile("(" + COMMIT + ")\t(\\S+)");
  private static final String TAGS = "refs/tags/";
  private static final String HEADS = "refs/heads/";
  private static final String PEELED = "^{}";

  private final Git git;
  private final String address;

  /**
   * @param git prepared for the repository
   */
  Refs(Git git, String address) {
    this.git = git;
    this.address = address;
  }

  /** Whether a ref is a commit in full; nobody has to be asked what it stands for. */
  static Optional<Resolved> commit(String ref) {
    String lower = ref.toLowerCase(Locale.ROOT);
    return COMMIT.matcher(lower).matches()
        ? Optional.of(new Resolved(Kind.COMMIT, Optional.empty(), lower))
        : Optional.empty();
  }

  /** What a ref stands for: a tag before a branch of the same name, as git itself has it. */
  Resolved resolve(PluginSource source) throws GitFailure, PluginException {
    String ref = source.ref();
    Optional<Resolved> commit = commit(ref);
    if (commit.isPresent()) {
      return commit.get();
    }
    Map<String, String> found =
        list("--", address, TAGS + ref, TAGS + ref + PEELED, HEADS + ref, ref);
    record Candidate(Kind kind, String name) {}
    for (Candidate candidate :
        List.of(
            new Candidate(Kind.TAG, TAGS + ref),
            new Candidate(Kind.BRANCH, HEADS + ref),
            new Candidate(kindOf(ref), ref))) {
      String hash = found.get(candidate.name());
      if (hash != null) {
        return new Resolved(
            candidate.kind(),
            Optional.of(candidate.name()),
            found.getOrDefault(candidate.name() + PEELED, hash));
      }
    }
    throw missing(ref);
  }

  private static Kind kindOf(String fullName) {
    if (fullName.startsWith(TAGS)) {
      return Kind.TAG;
    }
    return fullName.startsWith(HEADS) ? Kind.BRANCH : Kind.OTHER;
  }

  private PluginException missing(String ref) throws GitFailure {
    var names = new ArrayList<String>();
    list("--heads", "--tags", "--", address)
        .keySet()
        .forEach(name -> names.add(name.replaceFirst("^refs/(?:heads|tags)/", "")));
    String near = Nearest.hint(ref, names);
    boolean isShort = SHORT_COMMIT.matcher(ref).matches();
    return new PluginException(
        Fault.invalid(
            "it has no tag or branch " + JsonText.quoted(ref),
            isShort && near == null ? "a commit must be given in full, all 40 digits" : near));
  }

  private Map<String, String> list(String... arguments) throws GitFailure {
    var words = new ArrayList<>(List.of("ls-remote", "--quiet"));
    words.addAll(List.of(arguments));
    var refs = new LinkedHashMap<String, String>();
    for (String line : git.run(words.toArray(String[]::new))) {
      Matcher ref = LINE.matcher(line);
      if (ref.matches()) {
        refs.put(ref.group(2), ref.group(1));
      }
    }
    return refs;
  }
}
