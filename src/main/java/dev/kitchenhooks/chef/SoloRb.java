package dev.kitchenhooks.chef;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/** {@code solo.rb}: chef-solo's configuration, generated for each node. */
final class SoloRb {
  /** Of two cookbooks of one name Chef takes that of the later directory. */
  private static final List<String> COOKBOOKS = List.of("cookbooks", "site-cookbooks");

  private SoloRb() {}

  /**
   * @param fqdn the node's name; without it chef-solo calls the node {@code localhost}
   * @param folders the top-level folders of the kitchen that are uploaded
   * @param secret whether the encrypted data bag secret is
   */
  static byte[] text(String fqdn, Collection<String> folders, boolean secret) {
    var text =
        new StringBuilder(
            """
            # Written by fix for this run; the next one overwrites it.
            # All paths hang on this file's own place: the work path may be relative to a home.
            work = File.dirname(File.expand_path(__FILE__))
            """);
    text.append("node_name ").append(quoted(fqdn)).append('\n');
    // Anything else ends with exit code 172, and sudo drops the environment variable for it.
    text.append("chef_license 'accept-no-persist'\n");
    List<String> cookbooks =
        COOKBOOKS.stream().filter(folders::contains).map(SoloRb::inWork).toList();
    text.append("cookbook_path [").append(String.join(", ", cookbooks)).append("]\n");
    path(text, "role_path", "roles");
    path(text, "environment_path", "environments");
    path(text, "data_bag_path", "data_bags");
    path(text, "node_path", "nodes");
    path(text, "file_cache_path", "cache");
    if (secret) {
      path(text, "encrypted_data_bag_secret", NodeArchive.SECRET);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void path(StringBuilder text, String key, String folder) {
    text.append(key).append(' ').append(inWork(folder)).append('\n');
  }

  private static String inWork(String name) {
    return "File.join(work, " + quoted(name) + ")";
  }

  /** A Ruby string in which nothing is interpolated. */
  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
