package dev.kitchenhooks.hook;

/**
 * What the lock file says of one ref of one repository.
 *
 * @param repo the repository's address, as in the definition
 * @param ref the ref, as in the definition
 * @param kind what the ref was when it was pinned
 * @param commit the full hash of the commit that a run uses
 * @param tree the digest of all files of that commit, submodules included: {@code sha256:} and hex
 */
public record PluginPin(String repo, String ref, Kind kind, String commit, String tree) {
  /** As many digits of a commit as tell it from all others. */
  private static final int SHORT = 12;

  /** What a ref is. */
  public enum Kind {
    TAG("tag"),
    BRANCH("branch"),
    COMMIT("commit"),
    /** Neither: {@code HEAD}, {@code refs/pull/1/head}. */
    OTHER("ref");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** As it stands in the lock file. */
    public String word() {
      return word;
    }
  }

  /** Whether this is the pin of a plugin. */
  public boolean isOf(PluginSource source) {
    return repo.equals(source.repo()) && ref.equals(source.ref());
  }

  /** The beginning of the commit, as people write it. */
  public String shortCommit() {
    return shortened(commit);
  }

  /** The beginning of a commit's hash, as people write it. */
  public static String shortened(String commit) {
    return commit.substring(0, Math.min(SHORT, commit.length()));
  }
}
