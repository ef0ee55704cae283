package dev.kitchenhooks.chef;

import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.kitchen.Secret;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.process.StopRequest.Level;
import dev.kitchenhooks.process.Verdict;
import dev.kitchenhooks.remote.NodeSession;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Runs programs of this machine on nodes: as root, under limits that hold for all they start. */
public final class NodePrograms {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String SCRIPT = AsRoot.script("node.sh", "hook.sh");

  private final KitchenConfig.Converge settings;
  private final AsRoot asRoot;
  private final Listening listening;

  NodePrograms(KitchenConfig.Converge settings, AsRoot asRoot, Listening listening) {
    this.settings = settings;
    this.asRoot = asRoot;
    this.listening = listening;
  }

  /**
   * @param settings how a node is deployed to
   * @param sudoPassword what sudo on the nodes gets on its stdin; empty: it must want none
   */
  public static NodePrograms of(KitchenConfig.Converge settings, Optional<Secret> sudoPassword) {
    return new NodePrograms(settings, AsRoot.of(settings, sudoPassword), Listening.USUAL);
  }

  /**
   * Runs one to its end.
   *
   * @throws IOException if the connection or a file of this machine fails
   */
  public Verdict run(NodeSession session, NodeProgram program, LineSink output, StopRequest stop)
      throws IOException {
    if (stop.level() != Level.NONE) {
      return Verdict.STOPPED.withDetail(Optional.of("before it was started"));
    }
    return new NodeHookCall(program, asRoot, listening, word(), output)
        .run(session, asRoot.command(SCRIPT, "fix-hook", arguments(program)), stop);
  }

  private List<String> arguments(NodeProgram program) {
    NodeUpload upload = program.upload();
    var arguments = new ArrayList<String>();
    arguments.add(settings.nodeWorkPath());
    arguments.add(program.node());
    arguments.add(word());
    arguments.add(Long.toString(program.killAfter().toSeconds()));
    arguments.add(listening.silenceSeconds());
    List<String> firstLine = upload.firstLine();
    arguments.add(firstLine.isEmpty() ? "" : firstLine.getFirst());
    arguments.add(upload.lookedUp());
    arguments.add(upload.name());
    arguments.add(upload.sizes());
    arguments.add(program.files().nodes().map(Path::toString).orElse(""));
    arguments.add(program.files().composeFile().map(Path::toString).orElse(""));
    arguments.addAll(program.arguments());
    return arguments;
  }

  /** One that nobody else has. */
  private static String word() {
    byte[] bytes = new byte[12];
    RANDOM.nextBytes(bytes);
    return "fix-" + HexFormat.of().formatHex(bytes);
  }
}
