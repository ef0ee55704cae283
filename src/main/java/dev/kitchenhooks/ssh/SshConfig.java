package dev.kitchenhooks.ssh;

import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import dev.kitchenhooks.remote.UnreachableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The caller's ssh_config as OpenSSH reads it, without starting OpenSSH for every host: only files
 * with a {@code Match} that asks for more than {@code all}, or with hostname canonicalisation, are
 * left to {@code ssh -G} (23 ms for each host).
 */
final class SshConfig {
  private final List<ConfigNode> nodes;
  private final Optional<Path> instead;
  private final SshEnvironment environment;
  private final OpenSshQuery query;
  private final boolean opaque;

  /**
   * Reads all files.
   *
   * @param instead the file read in place of the caller's and the system's
   * @param warn told once of options that are taken otherwise than OpenSSH does
   * @throws FixException if a file is there but wrong
   */
  SshConfig(
      Optional<Path> instead,
      SshEnvironment environment,
      OpenSshQuery query,
      Consumer<Problem> warn) {
    this.instead = instead;
    this.environment = environment;
    this.query = query;
    var problems = new Problems();
    this.nodes = read(problems);
    problems.throwIfErrors("the SSH configuration is invalid");
    this.opaque = isOpaque(nodes);
    warnings(nodes, warn);
  }

  private List<ConfigNode> read(Problems problems) {
    var all = new ArrayList<ConfigNode>();
    var own = new ConfigReader(environment, environment.sshDirectory(), problems);
    if (instead.isPresent()) {
      all.addAll(own.read(instead.get(), false));
      return all;
    }
    Path file = environment.sshDirectory().resolve("config");
    if (Files.exists(file)) {
      all.addAll(own.read(file, true));
    }
    Path system = environment.systemConfig();
    if (Files.exists(system)) {
      Path directory = system.toAbsolutePath().getParent();
      var reader = new ConfigReader(environment, directory == null ? system : directory, problems);
      // A block at the end of the caller's file does not reach into the system's.
      all.add(new ConfigNode.Match(false, false));
      all.addAll(reader.read(system, false));
    }
    return all;
  }

  private static boolean isOpaque(List<ConfigNode> nodes) {
    return nodes.stream()
        .anyMatch(node ->
            switch (node) {
              case ConfigNode.Opaque _ -> true;
              case ConfigNode.Include include ->
                  include.files().stream().anyMatch(SshConfig::isOpaque);
              case ConfigNode.Setting setting ->
                  setting.line().keyword().equals("canonicalizehostname")
                      && !setting.line().words().contains("no");
              case ConfigNode.Host _, ConfigNode.Match _ -> false;
            });
  }

  private static void warnings(List<ConfigNode> nodes, Consumer<Problem> warn) {
    for (ConfigNode node : nodes) {
      switch (node) {
        case ConfigNode.Include include -> include.files().forEach(file -> warnings(file, warn));
        case ConfigNode.Setting setting when isCarefree(setting.line()) ->
            warn.accept(
                Problem.warning(
                    setting.file(),
                    setting.number(),
                    0,
                    "StrictHostKeyChecking "
                        + setting.line().words().getFirst()
                        + " counts as accept-new: changed host keys are never taken"));
        case ConfigNode.Setting _, ConfigNode.Host _, ConfigNode.Match _, ConfigNode.Opaque _ -> {}
      }
    }
  }

  private static boolean isCarefree(ConfigLine line) {
    return line.keyword().equals("stricthostkeychecking")
        && !line.words().isEmpty()
        && List.of("no", "off", "false").contains(line.words().getFirst().toLowerCase(Locale.ROOT));
  }

  /**
   * What holds for one host.
   *
   * @param name the host as asked for
   * @param user the login name if that is settled elsewhere, for {@code Match user}
   */
  SshOptions options(String name, Optional<String> user) throws UnreachableException {
    if (opaque) {
      return query.ask(name, user, instead);
    }
    var options = new SshOptions();
    var pass = new Pass(name, false, options);
    pass.apply(nodes, true);
    if (pass.finalPassWanted) {
      String hostName =
          new Tokens(Map.of('h', name), environment)
              .expand(options.first("hostname").orElse(name))
              .toLowerCase(Locale.ROOT);
      // Settled before the second pass, which cannot change it any more.
      options.add("hostname", List.of(hostName.replace("%", "%%")));
      new Pass(hostName, true, options).apply(nodes, true);
    }
    return options;
  }

  /** One walk over all lines; {@code Match final} asks for a second one, under the real name. */
  private static final class Pass {
    private final String host;
    private final boolean last;
    private final SshOptions options;
    private boolean finalPassWanted;

    Pass(String host, boolean last, SshOptions options) {
      this.host = host;
      this.last = last;
      this.options = options;
    }

    void apply(List<ConfigNode> file, boolean reachable) {
      boolean active = reachable;
      for (ConfigNode node : file) {
        switch (node) {
          case ConfigNode.Host block ->
              active = reachable && PatternList.matches(block.patterns(), host);
          case ConfigNode.Match block -> {
            finalPassWanted |= block.asksForFinalPass();
            active = reachable && (last || !block.finalPassOnly());
          }
          case ConfigNode.Include include -> {
            boolean inside = active;
            include.files().forEach(included -> apply(included, inside));
          }
          case ConfigNode.Setting setting -> {
            if (active) {
              options.add(setting.line().keyword(), setting.line().words());
            }
          }
          case ConfigNode.Opaque _ -> active = false;
        }
      }
    }
  }
}
