package dev.kitchenhooks.ssh;

import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.remote.UnreachableException;
import dev.kitchenhooks.ssh.HostSettings.AddressFamily;
import dev.kitchenhooks.ssh.HostSettings.Alive;
import dev.kitchenhooks.ssh.HostSettings.HostKeys;
import dev.kitchenhooks.ssh.HostSettings.Login;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Puts littlechef.cfg, ssh_config and OpenSSH's defaults together for one host. */
final class HostResolver {
  private static final List<String> METHODS =
      List.of(
          Authentication.PUBLICKEY, Authentication.PASSWORD, Authentication.KEYBOARD_INTERACTIVE);

  /** What OpenSSH tries where nobody names a file, less DSA and what needs a security token. */
  private static final List<String> USUAL_IDENTITIES = List.of("id_rsa", "id_ecdsa", "id_ed25519");

  /** Noticed within a minute; OpenSSH's own default is never. */
  private static final Alive ALIVE = new Alive(Duration.ofSeconds(15), 3);

  private final KitchenConfig.Ssh ssh;
  private final SshEnvironment environment;

  HostResolver(KitchenConfig.Ssh ssh, SshEnvironment environment) {
    this.ssh = ssh;
    this.environment = environment;
  }

  /** A node: littlechef.cfg counts before ssh_config. */
  HostSettings node(String name, SshOptions options) throws UnreachableException {
    return settings(name, ssh.user(), OptionalInt.empty(), ssh.gateway(), options);
  }

  /**
   * A gateway: what its ProxyJump says counts first. The kitchen's gateway is not behind itself.
   */
  HostSettings gateway(JumpHost jump, SshOptions options) throws UnreachableException {
    Optional<String> user =
        jump.user().or(() -> options.has("user") ? Optional.empty() : ssh.user());
    return settings(jump.host(), user, jump.port(), Optional.empty(), options);
  }

  private HostSettings settings(
      String name,
      Optional<String> user,
      OptionalInt port,
      Optional<String> gateway,
      SshOptions options)
      throws UnreachableException {
    refuseUnsupported(options, gateway.isPresent());
    String hostName =
        new Tokens(Map.of('h', name), environment)
            .expand(options.first("hostname").orElse(name))
            .toLowerCase(Locale.ROOT);
    int realPort = port.orElseGet(() -> options.number("port", HostSettings.DEFAULT_PORT));
    String realUser = user.or(() -> options.first("user")).orElse(environment.user());
    Tokens tokens = tokens(name, hostName, realPort, realUser, options);
    return new HostSettings(
        name,
        hostName,
        realPort,
        jumps(gateway.or(() -> options.first("proxyjump")), tokens),
        login(realUser, options, tokens),
        hostKeys(options, tokens),
        family(options),
        connectTimeout(options),
        alive(options));
  }

  private static void refuseUnsupported(SshOptions options, boolean gateway)
      throws UnreachableException {
    if (options.isSet("proxycommand") && !gateway) {
      throw new UnreachableException(
          "ssh_config has a ProxyCommand for this host, which is not supported; use ProxyJump");
    }
    if (options.isSet("revokedhostkeys")) {
      throw new UnreachableException(
          "ssh_config has RevokedHostKeys for this host, which is not supported; use @revoked"
              + " lines in known_hosts");
    }
  }

  private Tokens tokens(String name, String hostName, int port, String user, SshOptions options) {
    var values = new HashMap<Character, String>();
    values.put('h', hostName);
    values.put('n', name);
    values.put('p', Integer.toString(port));
    values.put('r', user);
    values.put('u', environment.user());
    values.put('d', environment.home().toString());
    values.put('k', options.first("hostkeyalias").orElse(name));
    return new Tokens(Map.copyOf(values), environment);
  }

  private static List<JumpHost> jumps(Optional<String> route, Tokens tokens)
      throws UnreachableException {
    Optional<String> value = route.filter(v -> !v.equalsIgnoreCase("none"));
    if (value.isEmpty()) {
      return List.of();
    }
    var jumps = new ArrayList<JumpHost>();
    for (String jump : value.get().split(",", -1)) {
      try {
        jumps.add(JumpHost.parse(tokens.expand(jump.strip())));
      } catch (IllegalArgumentException e) {
        throw new UnreachableException(String.valueOf(e.getMessage()), e);
      }
    }
    return List.copyOf(jumps);
  }

  private Login login(String user, SshOptions options, Tokens tokens) throws UnreachableException {
    var identities = new LinkedHashSet<Path>();
    ssh.keyFile().ifPresent(identities::add);
    for (String file : options.all("identityfile")) {
      if (!file.equalsIgnoreCase("none")) {
        identities.add(tokens.path(file));
      }
    }
    boolean explicit = !identities.isEmpty() || options.has("identityfile");
    if (!explicit) {
      USUAL_IDENTITIES.forEach(file -> identities.add(environment.sshDirectory().resolve(file)));
    }
    return new Login(
        user,
        List.copyOf(identities),
        explicit,
        paths(options.all("certificatefile"), tokens),
        options.on("identitiesonly", false),
        agent(options, tokens),
        methods(options));
  }

  private Optional<Path> agent(SshOptions options, Tokens tokens) throws UnreachableException {
    Optional<String> value = options.first("identityagent");
    if (value.isEmpty() || value.get().equals("SSH_AUTH_SOCK")) {
      return environment.agentSocket();
    }
    String name = value.get();
    if (name.equalsIgnoreCase("none")) {
      return Optional.empty();
    }
    return name.startsWith("$") && !name.startsWith("${")
        ? Optional.ofNullable(environment.variables().get(name.substring(1))).map(Path::of)
        : Optional.of(tokens.path(name));
  }

  private static List<String> methods(SshOptions options) {
    List<String> preferred =
        options
            .first("preferredauthentications")
            .map(v -> List.of(v.split(",", -1)))
            .orElse(METHODS);
    return preferred.stream()
        .filter(method ->
            switch (method) {
              case Authentication.PUBLICKEY ->
                  !options.first("pubkeyauthentication").orElse("yes").equalsIgnoreCase("no");
              case Authentication.PASSWORD -> options.on("passwordauthentication", true);
              case Authentication.KEYBOARD_INTERACTIVE ->
                  options.on("kbdinteractiveauthentication", true);
              default -> false;
            })
        .toList();
  }

  private HostKeys hostKeys(SshOptions options, Tokens tokens) throws UnreachableException {
    String strict = options.first("stricthostkeychecking").orElse("ask").toLowerCase(Locale.ROOT);
    // "no" and "off" take changed keys as well; nothing here ever does.
    boolean lenient = List.of("accept-new", "no", "off", "false").contains(strict);
    List<String> user = options.all("userknownhostsfile");
    List<String> global = options.all("globalknownhostsfile");
    return new HostKeys(
        options.first("hostkeyalias"),
        user.isEmpty()
            ? List.of(
                environment.sshDirectory().resolve("known_hosts"),
                environment.sshDirectory().resolve("known_hosts2"))
            : paths(user, tokens),
        global.isEmpty()
            ? List.of(Path.of("/etc/ssh/ssh_known_hosts"), Path.of("/etc/ssh/ssh_known_hosts2"))
            : paths(global, tokens),
        ssh.acceptNew() || lenient,
        options.on("hashknownhosts", false));
  }

  private static List<Path> paths(List<String> names, Tokens tokens) throws UnreachableException {
    var paths = new ArrayList<Path>();
    for (String name : names) {
      if (!name.equalsIgnoreCase("none")) {
        paths.add(tokens.path(name));
      }
    }
    return List.copyOf(paths);
  }

  private static AddressFamily family(SshOptions options) {
    return switch (options.first("addressfamily").orElse("any").toLowerCase(Locale.ROOT)) {
      case "inet" -> AddressFamily.INET;
      case "inet6" -> AddressFamily.INET6;
      default -> AddressFamily.ANY;
    };
  }

  /** The shorter of the kitchen's own and ssh_config's. */
  private Duration connectTimeout(SshOptions options) {
    Duration other = options.time("connecttimeout", ssh.connectTimeout());
    return !other.isZero() && other.compareTo(ssh.connectTimeout()) < 0
        ? other
        : ssh.connectTimeout();
  }

  private static Alive alive(SshOptions options) {
    Duration interval = options.time("serveraliveinterval", Duration.ZERO);
    return interval.isZero()
        ? ALIVE
        : new Alive(interval, Math.max(1, options.number("serveralivecountmax", ALIVE.count())));
  }
}
