package dev.kitchenhooks.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What git is given of the caller's environment: all of it, so that proxies, agents and credential
 * helpers work, but nothing that would turn git to another repository (fix may itself have been
 * started by a git hook) or make it ask somebody.
 */
final class GitEnvironment {
  /** How the caller reaches servers; everything else that starts with GIT_ is left out. */
  private static final Pattern KEPT =
      Pattern.compile(
          "GIT_(?:SSH|SSH_COMMAND|SSH_VARIANT|ASKPASS|SSL_.*|PROXY_.*|CONFIG_GLOBAL|CONFIG_SYSTEM"
              + "|CONFIG_NOSYSTEM|CONFIG_COUNT|CONFIG_KEY_\\d+|CONFIG_VALUE_\\d+"
              + "|HTTP_LOW_SPEED_.*|EXEC_PATH)");

  private static final Set<String> PROMPTS = Set.of("SSH_ASKPASS", "SSH_ASKPASS_REQUIRE");

  /** A command that is OpenSSH's own, and so takes its options. */
  private static final Pattern OPENSSH = Pattern.compile("(?:\\S*/)?ssh(?:\\s.*)?");

  private static final String BATCH = " -o BatchMode=yes";

  /** Never {@code ext}, which runs what the address says. */
  private static final String REMOTE = "https:http:ssh:git";

  private GitEnvironment() {}

  /**
   * Those of the caller's variables that git may see, and what keeps it from asking.
   *
   * @param directory where it runs: in no repository, whatever that directory lies in
   */
  static Map<String, String> of(Map<String, String> caller, Path directory) throws IOException {
    var environment = new TreeMap<String, String>();
    caller.forEach((name, value) -> {
      if (!PROMPTS.contains(name) && (!name.startsWith("GIT_") || KEPT.matcher(name).matches())) {
        environment.put(name, value);
      }
    });
    environment.put("GIT_TERMINAL_PROMPT", "0");
    environment.put("SSH_ASKPASS_REQUIRE", "never");
    // An empty one is none, and keeps git from asking for another.
    environment.putIfAbsent("GIT_ASKPASS", "");
    // What to do about a failure is told by git's words.
    environment.put("LC_ALL", "C");
    environment.put("GIT_ALLOW_PROTOCOL", REMOTE);
    environment.put("GIT_PAGER", "cat");
    Path above = directory.toRealPath().getParent();
    environment.put("GIT_CEILING_DIRECTORIES", above == null ? "/" : above.toString());
    return environment;
  }

  /** For a repository on this machine: only its submodules may then be such ones too. */
  static void allowFiles(Map<String, String> environment) {
    environment.put("GIT_ALLOW_PROTOCOL", REMOTE + ":file");
  }

  /**
   * Makes ssh fail where it would ask.
   *
   * @param configured the caller's {@code core.sshCommand}; empty where there is none
   */
  static void neverAsk(Map<String, String> environment, String configured) {
    if (environment.containsKey("GIT_SSH") && !environment.containsKey("GIT_SSH_COMMAND")) {
      return; // a program and no command: it takes no options of ours
    }
    String own = environment.getOrDefault("GIT_SSH_COMMAND", configured).strip();
    String command = own.isEmpty() ? "ssh" : own;
    String variant = environment.getOrDefault("GIT_SSH_VARIANT", "ssh");
    boolean openSsh = OPENSSH.matcher(command).matches() && variant.equals("ssh");
    environment.put("GIT_SSH_COMMAND", openSsh ? command + BATCH : command);
  }

  /** Whether an address is a path or a file:// URL, as git tells them from {@code host:path}. */
  static boolean isLocal(String address) {
    int colon = address.indexOf(':');
    int slash = address.indexOf('/');
    return address.startsWith("file://") || colon < 0 || (slash >= 0 && slash < colon);
  }

  /** Settings that hold whatever the caller's own say: the same commit gives the same files. */
  static List<String> settings() {
    return List.of(
        "core.hooksPath=/dev/null",
        "core.fsmonitor=false",
        "core.autocrlf=false",
        "core.eol=lf",
        "core.safecrlf=false",
        "core.symlinks=true",
        "core.fileMode=true",
        "core.sparseCheckout=false",
        "core.attributesFile=/dev/null",
        "core.askPass=",
        "core.quotePath=true",
        "credential.interactive=false",
        "color.ui=false",
        "gc.auto=0",
        "maintenance.auto=false",
        "submodule.recurse=false",
        "fetch.recurseSubmodules=false",
        "fetch.prune=false",
        "i18n.logOutputEncoding=UTF-8",
        "log.showSignature=false",
        "advice.detachedHead=false",
        "init.defaultBranch=fix",
        "protocol.version=2");
  }
}
