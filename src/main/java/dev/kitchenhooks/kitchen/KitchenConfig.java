package dev.kitchenhooks.kitchen;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code littlechef.cfg}, typed and checked, every default filled in. Paths are absolute.
 *
 * @param ssh how nodes are reached
 * @param converge what is run on them
 * @param hooks the kitchen's own settings for hooks
 * @param apps how applications come onto nodes
 * @param install how Chef comes onto them
 * @param proxies what nodes reach the network through
 * @param vendoredCookbooks where cookbooks of others lie, put there by {@code vendoring} or by
 *     somebody else; empty: there are none
 * @param vendoring what puts them there before a run; empty: nothing
 */
public record KitchenConfig(
    Ssh ssh,
    Converge converge,
    Hooks hooks,
    Apps apps,
    Install install,
    Proxies proxies,
    Optional<CookbookFolder> vendoredCookbooks,
    Optional<Vendoring> vendoring) {

  /** All passwords in it, for masking them wherever somebody else shows one. */
  public List<String> passwords() {
    return Stream.concat(ssh.password().stream().map(Secret::value), proxies.passwords())
        .distinct()
        .toList();
  }

  /**
   * {@code [userinfo]}, {@code [connection]} and {@code [ssh]}.
   *
   * @param user login name; empty: as {@code ssh_config} says, else the caller's
   * @param password for login and for sudo; never shown, logged or stored
   * @param keyFile private key; empty: those of {@code ssh_config}, the agent's, the usual ones
   * @param sshConfig the file read instead of {@code ~/.ssh/config}
   * @param gateway {@code [user@]host[:port]} that every connection goes through
   * @param acceptNew host keys of hosts not yet known are taken and written down; changed ones
   *     never are
   * @param connectTimeout for each connection, the whole handshake included
   */
  public record Ssh(
      Optional<String> user,
      Optional<Secret> password,
      Optional<Path> keyFile,
      Optional<Path> sshConfig,
      Optional<String> gateway,
      boolean acceptNew,
      Duration connectTimeout) {}

  /**
   * {@code [kitchen]} and the rest that concerns the deploy itself.
   *
   * @param command the argument vector that converges a node; empty: {@code chef-solo}, else {@code
   *     cinc-solo}, with the arguments that they need
   * @param timeout the deploy's own limit (return code 124); empty: none
   * @param nodeWorkPath where the kitchen lies on the node; relative: to the login directory
   * @param sudoPrefix put before every command that needs root, in place of {@code sudo}
   * @param encryptedDataBagSecret the file uploaded (0600) for encrypted data bags, removed after
   *     the run
   * @param removeDataBags whether data bags are removed from the node after the run
   * @param followSymlinks whether links in the kitchen are followed; else they are left out
   * @param packages a directory that the node is sent beside the kitchen
   * @param chef what is started where {@code command} is empty, and what is kept of its output
   */
  public record Converge(
      List<String> command,
      Optional<Duration> timeout,
      String nodeWorkPath,
      Optional<List<String>> sudoPrefix,
      Optional<Path> encryptedDataBagSecret,
      boolean removeDataBags,
      boolean followSymlinks,
      Chef chef,
      Optional<Packages> packages) {}

  /**
   * {@code [sync-packages]}: files that recipes find outside of the kitchen.
   *
   * @param local the directory here, absolute
   * @param onNode the directory there, absolute; it is made the same
   */
  public record Packages(Path local, String onNode) {}

  /**
   * Chef on the nodes, or Cinc.
   *
   * @param program which of its programs
   * @param license what {@code chef_license} is set to
   * @param log the file on the node that the output of the last converge is kept in; relative: to
   *     the login directory; empty: none is kept
   */
  public record Chef(Program program, String license, String log) {
    /** As {@code [kitchen] chef} names them. */
    public enum Program {
      SOLO,
      CLIENT
    }
  }

  /**
   * {@code [apps]}.
   *
   * @param composeCommand the argument vector of compose on the nodes; empty: whichever is there
   * @param timeout for the deploy of one application
   */
  public record Apps(List<String> composeCommand, Duration timeout) {}

  /**
   * How Chef comes onto nodes.
   *
   * @param automatic {@code autodeploy_chef}: whether it is installed where it is missing
   * @param command the argument vector that installs it on a node, as root; a first word that
   *     begins with {@code ./} is a file of the kitchen, which is sent there; empty: none is known
   * @param timeout for that command
   */
  public record Install(boolean automatic, List<String> command, Duration timeout) {}

  /**
   * {@code [connection]}: {@code http://[USER:PASSWORD@]HOST[:PORT]}, the password a secret.
   *
   * @param http for {@code http} addresses
   * @param https for {@code https} addresses
   */
  public record Proxies(Optional<Secret> http, Optional<Secret> https) {
    private static final Pattern PASSWORD = Pattern.compile("//[^@:]*:([^@]+)@");

    /** The environment by whose names programs know them. */
    public Map<String, String> variables() {
      Map<String, String> variables = new TreeMap<>();
      http.ifPresent(proxy -> variables.put("http_proxy", proxy.value()));
      https.ifPresent(proxy -> {
        variables.put("https_proxy", proxy.value());
        variables.put("HTTPS_PROXY", proxy.value());
      });
      return variables;
    }

    private Stream<String> passwords() {
      return Stream.of(http, https)
          .flatMap(Optional::stream)
          .flatMap(address -> PASSWORD.matcher(address.value()).results())
          .map(found -> found.group(1));
    }
  }

  /**
   * {@code [kitchen]}: how cookbooks of others come into the kitchen.
   *
   * @param source whose file it is
   * @param file the Berksfile or Policyfile
   * @param command an argument vector in which {@code {file}} and {@code {directory}} stand for
   *     this file and a directory that is not there yet; empty: the tool's usual one
   * @param timeout for all of it
   */
  public record Vendoring(Source source, Path file, List<String> command, Duration timeout) {
    /** Whose files name cookbooks. */
    public enum Source {
      BERKSHELF,
      POLICYFILE
    }
  }

  /**
   * {@code [hooks]}.
   *
   * @param phases declared phases, beside those that are built in
   * @param timeout of hooks that do not say
   * @param killAfter of hooks that do not say
   * @param containerEngine {@code docker}, {@code podman} or the absolute path of one; empty:
   *     whichever is there
   * @param appScripts {@code [apps] scripts}: the directory that holds {@code pre_deploy}, {@code
   *     post_deploy}, {@code pre_undeploy} and {@code post_undeploy}, whose programs are hooks of
   *     applications
   */
  public record Hooks(
      SortedSet<String> phases,
      Duration timeout,
      Duration killAfter,
      Optional<String> containerEngine,
      Path appScripts) {}
}
