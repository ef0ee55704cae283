package dev.kitchenhooks.chef;

import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.plan.Work;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.remote.RemoteResult;
import dev.kitchenhooks.run.DeployResult;
import dev.kitchenhooks.run.Deployer;
import dev.kitchenhooks.run.Revisions;
import dev.kitchenhooks.sync.Manifest;
import dev.kitchenhooks.sync.Spool;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A connected node that gets the kitchen and is converged. */
final class ChefTarget implements Deployer.Target {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** What deploy.sh exits with where neither Chef nor Cinc is on the node. */
  private static final int NOT_FOUND = 127;

  private final NodeSession session;
  private final NodeFacts node;
  private final RemoteScripts scripts;
  private final Work.Converge work;
  private final RevisionChoice choice;
  private final KitchenTree tree;
  private final Optional<ChefInstaller> installer;

  /**
   * What the node gets.
   *
   * @param choice which revision
   * @param tree the kitchen as it is here
   * @param installer installs Chef where it is missing
   */
  record Kitchen(RevisionChoice choice, KitchenTree tree, Optional<ChefInstaller> installer) {}

  ChefTarget(
      NodeSession session,
      NodeFacts node,
      RemoteScripts scripts,
      Work.Converge work,
      Kitchen kitchen) {
    this.session = session;
    this.node = node;
    this.scripts = scripts;
    this.work = work;
    this.choice = kitchen.choice();
    this.tree = kitchen.tree();
    this.installer = kitchen.installer();
  }

  /**
   * What the node shall have.
   *
   * @param id of the revision
   * @param supply what it is sent for that
   */
  private record Wanted(String id, Exchange.Supply supply) {}

  @Override
  public DeployResult deploy(LineSink output, StopRequest stop) {
    DeployResult result = attempt(output, stop);
    boolean missing =
        installer.isPresent()
            && result.exitCode() == NOT_FOUND
            && !installer.get().isThere(session, node.fqdn(), stop);
    if (!missing) {
      return result;
    }
    output.line("Chef is missing here: autodeploy_chef installs it");
    DeployResult installed = installer.get().install(session, node.fqdn(), output, stop);
    return installed.exitCode() == 0 ? attempt(output, stop) : installed.with(result.revisions());
  }

  private DeployResult attempt(LineSink output, StopRequest stop) {
    Wanted wanted;
    Spool forTheRun;
    try {
      forTheRun = tree.forTheRun();
      wanted =
          switch (choice) {
            case RevisionChoice.AsItIsHere _ -> asItIsHere();
            case RevisionChoice.Earlier(String id) -> new Wanted(id, (_, _) -> Optional.empty());
          };
    } catch (IOException | RuntimeException e) {
      // Whatever it is, it is this node's: thrown on, it would end the run of all others.
      return new DeployResult(1, "upload failed: " + UploadCheck.reason(e));
    }
    RemoteScripts.Step step = step(wanted.id());
    if (work.manner().verbose()) {
      scripts.told(step).forEach(output::line);
    }
    byte[] bytes = new byte[8];
    RANDOM.nextBytes(bytes);
    String token = HexFormat.of().formatHex(bytes);
    try (var interruption =
        new Interruption(session, scripts, token, scripts.settings().timeout(), stop)) {
      var exchange = new Exchange(token, out -> begin(forTheRun, out), wanted.supply(), output);
      RemoteResult result =
          session.run(
              scripts.deploy(node.fqdn(), token, step, forTheRun.size()),
              out ->
                  exchange.writeTo(
                      new StoppableStream(out, () -> interruption.cause().isPresent())),
              exchange,
              Optional.empty(),
              interruption.channel());
      return outcome(result, exchange, interruption)
          .with(revisions(wanted.id(), exchange, result.exitCode()));
    }
  }

  private RemoteScripts.Step step(String id) {
    boolean earlier = choice instanceof RevisionChoice.Earlier;
    return new RemoteScripts.Step(id, earlier, work);
  }

  private void begin(Spool forTheRun, OutputStream out) throws IOException {
    out.write(scripts.beforeInput());
    forTheRun.writeTo(out);
  }

  private Wanted asItIsHere() throws IOException {
    KitchenTree.Shared shared = tree.shared();
    OwnFiles own =
        OwnFiles.of(
            shared,
            node,
            scripts.soloRb(tree.source()),
            scripts.environment(tree.source()),
            scripts.settings().packages());
    String id = shared.id() + "-" + own.id();
    return new Wanted(id, (having, told) -> toMake(own, having, told));
  }

  private Optional<Exchange.Sent> toMake(
      OwnFiles own, Exchange.Having having, Optional<Map<String, String>> told) throws IOException {
    Manifest whole = tree.of(node, own);
    Optional<KitchenTree.Part> part =
        told.isPresent()
            ? Optional.of(tree.repair(told.get(), whole, having.hashing()))
            : tree.since(having.id().orElseThrow().replaceFirst("-.*", ""));
    byte[] last = own.archive();
    return part.map(shared ->
        new Exchange.Sent(
            "delta %s %s"
                .formatted(
                    having.hashing().digest(whole.text(having.hashing())),
                    String.join(",", whole.modes())),
            shared.removal(),
            out -> {
              shared.archive().writeTo(out);
              out.write(last);
            }));
  }

  private Revisions revisions(String wanted, Exchange exchange, int code) {
    Optional<String> before = exchange.current();
    if (exchange.inPlace()) {
      return new Revisions(before, work.isWhyRun() ? before : Optional.of(wanted));
    }
    // Where the connection was lost, the node may have got further than it could say.
    return new Revisions(before, code == RemoteResult.CONNECTION_LOST ? Optional.empty() : before);
  }

  private DeployResult outcome(RemoteResult result, Exchange exchange, Interruption interruption) {
    int code = result.exitCode();
    if (interruption.cause().isPresent()) {
      return switch (interruption.cause().get()) {
        case TIMED_OUT ->
            new DeployResult(RemoteResult.TIMED_OUT, "timed out after " + limit() + ended(code));
        case STOPPED -> new DeployResult(RemoteResult.STOPPED, "stopped" + ended(code));
      };
    }
    if (exchange.failure().isPresent()) {
      return new DeployResult(1, "upload failed: " + UploadCheck.reason(exchange.failure().get()));
    }
    if (code == RemoteResult.CONNECTION_LOST && !result.detail().isEmpty()) {
      return new DeployResult(code, result.detail());
    }
    if (!exchange.inPlace()) {
      return new DeployResult(1, notInPlace(exchange.beforeConverge()));
    }
    if (!result.detail().isEmpty()) {
      return new DeployResult(code, result.detail());
    }
    return new DeployResult(code, DeployFailure.ofConverge(node.fqdn(), code, scripts.settings()));
  }

  private String notInPlace(List<String> output) {
    return switch (choice) {
      case RevisionChoice.AsItIsHere _ -> DeployFailure.ofUpload(node.fqdn(), output);
      case RevisionChoice.Earlier _ -> DeployFailure.advice(node.fqdn(), output);
    };
  }

  private String limit() {
    return scripts.settings().timeout().map(limit -> limit.toSeconds() + "s").orElseThrow();
  }

  /** After SIGTERM chef-solo may well finish its run: then the node is as it should be. */
  private static String ended(int code) {
    return code == 0 ? "; it finished its run all the same (exit code 0)" : "";
  }

  @Override
  public Optional<NodeSession> session() {
    return Optional.of(session);
  }

  @Override
  public void close() {
    session.close();
  }
}
