package dev.kitchenhooks.testkit;

import dev.kitchenhooks.demo.EmbeddedNode;
import dev.kitchenhooks.demo.NodeAccess;
import dev.kitchenhooks.demo.StandIns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A node to deploy to: a real SSH server on loopback (MINA), real {@code sh}, {@code tar} and
 * {@code gzip}, stand-ins for {@code chef-solo} and {@code sudo}, and a directory of its own as
 * home. Give the kitchen a relative {@code node_work_path}, so that nodes stay apart.
 *
 * <p>Everything can be changed while it runs.
 */
public final class FakeNode implements AutoCloseable {
  private final String fqdn;
  private final EmbeddedNode node;
  private final NodeFaults faults;

  private FakeNode(String fqdn, EmbeddedNode node, NodeFaults faults) {
    this.fqdn = fqdn;
    this.node = node;
    this.faults = faults;
  }

  /** Starts a node; {@link NodeFarm} is the usual way, it also writes the files to reach it by. */
  public static FakeNode start(String fqdn, Path home, NodeAccess access) throws IOException {
    Files.createDirectories(home);
    StandIns.install(home);
    var faults = new NodeFaults();
    return new FakeNode(fqdn, EmbeddedNode.start(home, access, faults), faults);
  }

  public String fqdn() {
    return fqdn;
  }

  /** On 127.0.0.1. */
  public int port() {
    return node.port();
  }

  /** The home of its login user, and what relative paths on it start from. */
  public Path home() {
    return node.directory();
  }

  /** A file on the node, by its path from the home. */
  public Path file(String path) {
    return home().resolve(path);
  }

  /** Every command line that arrived, in order: one for each exec channel. */
  public List<String> commands() {
    return List.copyOf(faults.commands);
  }

  /** Waits for the next login that was not waited for yet; false if none comes. */
  public boolean awaitLogin() throws InterruptedException {
    return faults.logins.poll(60, TimeUnit.SECONDS) != null;
  }

  /** Waits for the next end of a connection that was not waited for yet; false if none comes. */
  public boolean awaitDisconnect() throws InterruptedException {
    return faults.ends.poll(60, TimeUnit.SECONDS) != null;
  }

  /** How many logins there were that were not waited for. */
  public int logins() {
    return faults.logins.size();
  }

  /** How many bytes of input its commands were sent, all together. */
  public long inputSeen() {
    return faults.inputSeen.get();
  }

  /** The arguments of each call of {@code chef-solo}, joined by spaces. */
  public List<String> chefCalls() {
    Path calls = setting("calls");
    try {
      return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** {@code ls -l} of every file of the work path, as {@code chef-solo} saw it in its last call. */
  public String chefSaw() throws IOException {
    return Files.readString(setting("saw"));
  }

  public FakeNode chefExits(int code) throws IOException {
    Files.writeString(setting("exit-code"), Integer.toString(code));
    return this;
  }

  public FakeNode chefPrints(String text) throws IOException {
    Files.writeString(setting("output"), text);
    return this;
  }

  /** From now on {@code chef-solo} waits until it is let go: for whatever happens meanwhile. */
  public ChefHold holdChef() throws IOException, InterruptedException {
    return ChefHold.make(setting("hold"));
  }

  public FakeNode withoutChef() throws IOException {
    Files.deleteIfExists(file("bin/chef-solo"));
    return this;
  }

  /** From now on its sudo wants this password. */
  public FakeNode sudoPassword(String password) throws IOException {
    Files.writeString(setting("sudo-password"), password);
    return this;
  }

  /** From now on, or no longer, whoever logs in is refused, by each method. */
  public FakeNode refuseLogins(boolean refuse) {
    faults.refuseLogins = refuse;
    return this;
  }

  /** Cuts all connections once its commands have been handed so many more bytes of input. */
  public FakeNode cutAfterInput(long bytes) {
    faults.inputLeft.set(bytes);
    return this;
  }

  /** Takes {@link #cutAfterInput} back. */
  public FakeNode cutNoMore() {
    faults.inputLeft.set(Long.MAX_VALUE);
    return this;
  }

  /** Cuts all connections now. */
  public void cut() {
    node.cutConnections();
  }

  /**
   * From now on {@code tar} fails as on a full disk. It is a stand-in, writing to {@code
   * /dev/full}: the error is the kernel's own (ENOSPC), the file system is not really full.
   */
  public FakeNode fullDisk() throws IOException {
    return program("tar", "#!/bin/sh\nexec cat >/dev/full\n");
  }

  /** Puts a program in front of the PATH of its commands. */
  public FakeNode program(String name, String script) throws IOException {
    Path file = file("bin/" + name);
    Files.writeString(file, script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return this;
  }

  /** From now on each command starts so much later. */
  public FakeNode slow(Duration delay) {
    faults.slowness = delay;
    return this;
  }

  private Path setting(String name) {
    return StandIns.settings(home()).resolve(name);
  }

  @Override
  public void close() {
    node.close();
  }
}
