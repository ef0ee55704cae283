package dev.kitchenhooks.chef;

import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.remote.RemoteResult;
import dev.kitchenhooks.run.DeployResult;
import dev.kitchenhooks.run.Deployer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** A connected node that is uploaded to and converged. */
final class ChefTarget implements Deployer.Target {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final NodeSession session;
  private final NodeFacts node;
  private final RemoteScripts scripts;
  private final boolean whyRun;
  private final SharedArchive archive;

  ChefTarget(
      NodeSession session,
      NodeFacts node,
      RemoteScripts scripts,
      boolean whyRun,
      SharedArchive archive) {
    this.session = session;
    this.node = node;
    this.scripts = scripts;
    this.whyRun = whyRun;
    this.archive = archive;
  }

  @Override
  public DeployResult deploy(LineSink output, StopRequest stop) {
    NodeArchive upload;
    try {
      upload = NodeArchive.of(archive.packed(), node, scripts.settings().encryptedDataBagSecret());
    } catch (IOException | RuntimeException e) {
      // Whatever it is, it is this node's: thrown on, it would end the run of all others.
      return new DeployResult(1, "upload failed: " + UploadCheck.reason(e));
    }
    byte[] bytes = new byte[8];
    RANDOM.nextBytes(bytes);
    String token = HexFormat.of().formatHex(bytes);
    var stages = new StageSink(output);
    try (var interruption =
        new Interruption(session, scripts, token, scripts.settings().timeout(), stop)) {
      RemoteResult result =
          session.run(
              scripts.deploy(node.fqdn(), token, whyRun),
              out -> send(upload, interruption, out),
              stages,
              Optional.empty(),
              interruption.channel());
      return outcome(result, stages, interruption);
    }
  }

  private void send(NodeArchive upload, Interruption interruption, OutputStream out)
      throws IOException {
    out.write(scripts.beforeInput());
    try {
      upload.writeTo(new StoppableStream(out, () -> interruption.cause().isPresent()));
    } catch (InterruptedIOException e) {
      // The node sees the end of its input too early, keeps the kitchen that it has, and tidies up.
      out.flush();
    }
  }

  private DeployResult outcome(RemoteResult result, StageSink stages, Interruption interruption) {
    int code = result.exitCode();
    if (interruption.cause().isPresent()) {
      return switch (interruption.cause().get()) {
        case TIMED_OUT ->
            new DeployResult(RemoteResult.TIMED_OUT, "timed out after " + limit() + ended(code));
        case STOPPED -> new DeployResult(RemoteResult.STOPPED, "stopped" + ended(code));
      };
    }
    if (code == RemoteResult.CONNECTION_LOST && !result.detail().isEmpty()) {
      return new DeployResult(code, result.detail());
    }
    if (!stages.uploaded()) {
      return new DeployResult(1, DeployFailure.ofUpload(node.fqdn(), stages.beforeConverge()));
    }
    if (!result.detail().isEmpty()) {
      return new DeployResult(code, result.detail());
    }
    boolean ownCommand = !scripts.settings().command().isEmpty();
    return new DeployResult(code, DeployFailure.ofConverge(node.fqdn(), code, ownCommand));
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
