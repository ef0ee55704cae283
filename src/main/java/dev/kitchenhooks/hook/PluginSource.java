package dev.kitchenhooks.hook;

/**
 * A git repository that a hook's program comes from, as declared.
 *
 * @param repo its address, as git takes it
 * @param ref a tag, a branch or a commit
 * @param path the directory in it that {@code exec} is relative to
 */
public record PluginSource(String repo, String ref, String path) {
  private static final int LONGEST_NAME = 40;

  /** What to call the repository in messages and directories: {@code lb-hooks}. */
  public String name() {
    String last = repo.replaceFirst("[/:]+$", "").replaceFirst("(?:/|^)?\\.git$", "");
    last = last.substring(Math.max(last.lastIndexOf('/'), last.lastIndexOf(':')) + 1);
    String name = last.replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^[.-]+", "");
    return name.isEmpty() ? "plugin" : name.substring(0, Math.min(LONGEST_NAME, name.length()));
  }

  /** {@code git@git.example.com:ops/lb-hooks.git v1.2.0}, for messages. */
  public String shown() {
    return repo + " " + ref;
  }
}
