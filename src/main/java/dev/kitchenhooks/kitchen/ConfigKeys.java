package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.problem.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The sections and keys of {@code littlechef.cfg}, as people write them. */
final class ConfigKeys {
  static final Map<String, List<String>> USED =
      Map.of(
          "userinfo",
          List.of(
              "user",
              "password",
              "keypair-file",
              "ssh-config",
              "encrypted_data_bag_secret",
              "remove_data_bags",
              "autodeploy_chef"),
          "connection",
          List.of("gateway", "accept-new", "connect-timeout", "http_proxy", "https_proxy"),
          "ssh",
          List.of("sudo_prefix"),
          "kitchen",
          List.of(
              "node_work_path",
              "follow_symlinks",
              "converge_command",
              "converge_timeout",
              "deploy_chef_command",
              "deploy_chef_timeout",
              "berksfile",
              "berksfile_cookbooks_directory",
              "policyfile",
              "vendor_command",
              "vendor_timeout",
              "chef",
              "chef_license",
              "log_file"),
          "hooks",
          List.of("phases", "timeout", "kill_after", "container_engine"),
          "apps",
          List.of("compose_command", "deploy_timeout", "scripts"),
          "sync-packages",
          List.of("dest-dir", "local-dir"));

  private ConfigKeys() {}

  static Set<String> sections() {
    return new TreeSet<>(USED.keySet());
  }

  static boolean isUsed(String section, String key) {
    return USED.getOrDefault(section, List.of()).stream()
        .anyMatch(known -> canonical(known).equals(canonical(key)));
  }

  /** {@code keypair-file} and {@code keypair_file} are the same key. */
  static String canonical(String key) {
    return key.replace('-', '_');
  }

  /** What may have been meant by a key that its section does not have. */
  static Optional<String> hint(String section, String key) {
    for (String other : sections()) {
      if (isUsed(other, key)) {
        return Optional.of("it belongs in [" + other + "]");
      }
    }
    var known = new TreeSet<>(USED.getOrDefault(section, List.of()));
    return Nearest.to(key, known).map(near -> "did you mean \"" + near + "\"?");
  }
}
