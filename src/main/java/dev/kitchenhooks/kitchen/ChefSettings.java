package dev.kitchenhooks.kitchen;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is run on nodes, and what they are sent beside the kitchen. */
final class ChefSettings {
  private static final String CHEF_SOLO = "chef-solo";
  private static final String CHEF_CLIENT = "chef-client";
  private static final String LOG = "/var/log/chef/solo.log";
  private static final String PACKAGES = "sync-packages";
  private static final List<String> LICENSES =
      List.of("accept-no-persist", "accept", "accept-silent");
  private static final Pattern OF_ITS_OWN =
      Pattern.compile("(?!(?:.*/)?\\.\\.?(?:/.*)?$)/[^/]+(?:/+[^/]+)+");

  private final Settings settings;

  ChefSettings(Settings settings) {
    this.settings = settings;
  }

  KitchenConfig.Chef chef(String workPath) {
    String program = settings.text("kitchen", "chef").orElse(CHEF_SOLO);
    if (!program.equals(CHEF_SOLO) && !program.equals(CHEF_CLIENT)) {
      settings.wrong("kitchen", "chef", "expected chef-solo or chef-client");
    }
    String license = settings.text("kitchen", "chef_license").orElse(LICENSES.getFirst());
    if (!LICENSES.contains(license)) {
      settings.wrong("kitchen", "chef_license", "expected one of " + String.join(", ", LICENSES));
    }
    return new KitchenConfig.Chef(
        program.equals(CHEF_CLIENT)
            ? KitchenConfig.Chef.Program.CLIENT
            : KitchenConfig.Chef.Program.SOLO,
        license,
        logFile(workPath));
  }

  /** A work path below a home is no machine's: its log lies with it. */
  private String logFile(String workPath) {
    String log =
        settings
            .text("kitchen", "log_file")
            .orElseGet(() -> workPath.startsWith("/") ? LOG : workPath + "/solo.log");
    String onNode = log.startsWith("~/") ? log.substring(2) : log;
    if (onNode.equals("no")) {
      return "";
    }
    if (onNode.endsWith("/")
        || onNode.startsWith("-")
        || onNode.chars().anyMatch(Character::isISOControl)) {
      settings.wrong("kitchen", "log_file", "expected a file on the node, e.g. " + LOG);
    }
    return onNode;
  }

  Optional<KitchenConfig.Packages> packages(String workPath) {
    Optional<Path> local = settings.path(PACKAGES, "local-dir");
    Optional<String> onNode = settings.text(PACKAGES, "dest-dir");
    if (local.isEmpty() && onNode.isEmpty()) {
      return Optional.empty();
    }
    if (local.isEmpty() || onNode.isEmpty()) {
      settings.wrong(
          PACKAGES,
          local.isEmpty() ? "dest-dir" : "local-dir",
          "expected " + (local.isEmpty() ? "local-dir" : "dest-dir") + " beside it");
      return Optional.empty();
    }
    String path = onNode.get().replaceFirst("/+$", "");
    // All of it is replaced.
    if (!OF_ITS_OWN.matcher(path).matches()
        || path.chars().anyMatch(Character::isISOControl)
        || (path + "/").startsWith(workPath + "/")
        || (workPath + "/").startsWith(path + "/")) {
      settings.wrong(
          PACKAGES, "dest-dir", "expected an absolute directory of its own, e.g. /srv/packages");
    }
    return Optional.of(new KitchenConfig.Packages(local.get(), path));
  }
}
