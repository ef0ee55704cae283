package dev.kitchenhooks.ssh;

import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.NodeConnector;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.remote.UnreachableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Connects to nodes as {@code ssh} would: the same configuration files, known hosts, keys, agent
 * and gateways. What connections have in common is read once and shared; closing this closes the
 * gateways. Thread-safe.
 */
public final class SshConnector implements NodeConnector, AutoCloseable {
  /** Gateways whose own gateways have gateways: more than a few, and they go in circles. */
  private static final int MAX_ROUTE = 8;

  private final SshConfig config;
  private final HostResolver resolver;
  private final KnownHosts known = new KnownHosts();
  private final Gateways gateways = new Gateways();
  private final Authentication authentication;
  private final Supervision.Limits limits;
  private final Optional<String> user;

  /**
   * Reads the SSH configuration; connects nowhere yet.
   *
   * @param warn told of what OpenSSH would do and this does not; each once
   * @throws FixException if an ssh_config is there but wrong
   */
  public SshConnector(KitchenConfig.Ssh ssh, SshEnvironment environment, Consumer<Problem> warn) {
    this(ssh, environment, warn, Supervision.Limits.USUAL);
  }

  /** Loads what every connection needs, ahead of the first one. */
  public static void warmUp() {
    SshAlgorithms.warmUp();
  }

  SshConnector(
      KitchenConfig.Ssh ssh,
      SshEnvironment environment,
      Consumer<Problem> warn,
      Supervision.Limits limits) {
    this.config = new SshConfig(ssh.sshConfig(), environment, new SshProgram(environment), warn);
    this.resolver = new HostResolver(ssh, environment);
    this.authentication = new Authentication(new Identities(), ssh.password());
    this.limits = limits;
    this.user = ssh.user();
  }

  @Override
  public NodeSession connect(String fqdn, StopRequest stop) throws UnreachableException {
    HostSettings host = resolver.node(fqdn, config.options(fqdn, user));
    List<HostSettings> hops = hops(host.jumps(), 0);
    if (!hops.isEmpty() && hops.getLast().address().equals(host.address())) {
      // The gateway is a node too, and stands in front of itself.
      hops.removeLast();
    }
    return new SshSession(open(host, route(hops, stop), stop), limits);
  }

  private SshLink open(HostSettings host, Optional<SshLink> gateway, StopRequest stop)
      throws UnreachableException {
    Carrier carrier =
        gateway.isPresent()
            ? new TunnelCarrier(gateway.get().connection(), host)
            : new SocketCarrier();
    return SshLink.open(host, carrier, known, authentication, stop);
  }

  private Optional<SshLink> route(List<HostSettings> hops, StopRequest stop)
      throws UnreachableException {
    Optional<SshLink> last = Optional.empty();
    var names = new ArrayList<String>();
    for (HostSettings hop : hops) {
      names.add(hop.login().user() + "@" + hop.address());
      Optional<SshLink> before = last;
      last = Optional.of(gateways.get(List.copyOf(names), () -> open(hop, before, stop)));
    }
    return last;
  }

  /** As with ssh -J: the first gateway may have gateways of its own, the others are behind it. */
  private List<HostSettings> hops(List<JumpHost> jumps, int depth) throws UnreachableException {
    if (depth > MAX_ROUTE) {
      throw new UnreachableException("ProxyJump goes in circles: " + jumps);
    }
    var hops = new ArrayList<HostSettings>();
    for (JumpHost jump : jumps) {
      HostSettings hop = resolver.gateway(jump, config.options(jump.host(), jump.user()));
      if (hops.isEmpty()) {
        hops.addAll(hops(hop.jumps(), depth + 1));
      }
      hops.add(hop);
    }
    return hops;
  }

  /** Closes the gateways, and with them what goes through them. */
  @Override
  public void close() {
    gateways.close();
  }
}
