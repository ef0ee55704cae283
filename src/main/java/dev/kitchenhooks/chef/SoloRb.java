package dev.kitchenhooks.chef;

import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.kitchen.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/**
 * {@code solo.rb}: Chef's configuration, generated for each node.
 *
 * @param license what {@code chef_license} is set to
 * @param dataBagsForRunOnly whether data bags lie where nothing is left after the run
 * @param secret whether an encrypted data bag secret lies there
 * @param cookbooks folders of cookbooks, if they are there; of two of one name Chef takes that of
 *     the later folder
 * @param proxies what Chef reaches the network through
 */
record SoloRb(
    String license,
    boolean dataBagsForRunOnly,
    boolean secret,
    List<String> cookbooks,
    KitchenConfig.Proxies proxies) {

  /**
   * @param fqdn the node's name; without it chef-solo calls the node {@code localhost}
   * @param folders the top-level folders of the kitchen's revision
   */
  byte[] text(String fqdn, Collection<String> folders) {
    var text =
        new StringBuilder(
            """
            # Written by fix.
            # All paths hang on this file's own place: the work path may be relative to a home.
            work = File.dirname(File.expand_path(__FILE__))
            kitchen = File.dirname(File.dirname(File.realpath(__FILE__)))
            """);
    text.append("node_name ").append(quoted(fqdn)).append('\n');
    // Anything else ends with exit code 172, and sudo drops the environment variable for it.
    text.append("chef_license ").append(quoted(license)).append('\n');
    List<String> there =
        cookbooks.stream().filter(folders::contains).map(f -> in("kitchen", f)).toList();
    text.append("cookbook_path [").append(String.join(", ", there)).append("]\n");
    path(text, "role_path", "kitchen", "roles");
    path(text, "environment_path", "kitchen", "environments");
    path(text, "data_bag_path", dataBagsForRunOnly ? "work" : "kitchen", dataBags());
    path(text, "node_path", "kitchen", "nodes");
    path(text, "file_cache_path", "work", "cache");
    if (secret) {
      path(text, "encrypted_data_bag_secret", "work", "private/" + ForTheRun.SECRET);
    }
    proxies.http().ifPresent(proxy -> proxy(text, "http_proxy", proxy));
    proxies.https().ifPresent(proxy -> proxy(text, "https_proxy", proxy));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Its password is for Chef; the file is root's alone. */
  private static void proxy(StringBuilder text, String key, Secret proxy) {
    text.append(key).append(' ').append(quoted(proxy.value())).append('\n');
  }

  private String dataBags() {
    return dataBagsForRunOnly ? "private/" + KitchenTree.DATA_BAGS : KitchenTree.DATA_BAGS;
  }

  private static void path(StringBuilder text, String key, String below, String folder) {
    text.append(key).append(' ').append(in(below, folder)).append('\n');
  }

  private static String in(String below, String name) {
    return "File.join(%s, %s)".formatted(below, quoted(name));
  }

  /** A Ruby string in which nothing is interpolated. */
  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
