package dev.kitchenhooks.chef;

import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.process.Verdict;
import dev.kitchenhooks.remote.NodeSession;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Runs programs of this machine on nodes: as root, under limits that hold for all they start.
 *
 * @param settings how a node is deployed to
 */
record NodePrograms(KitchenConfig.Converge settings, AsRoot asRoot, Listening listening) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String SCRIPT = AsRoot.script("node.sh", "hook.sh");

  /** Runs one to its end. */
  Verdict run(NodeSession session, NodeProgram program, LineSink output, StopRequest stop)
      throws IOException {
    return new NodeHookCall(program, asRoot, listening, word(), output)
        .run(session, asRoot.command(SCRIPT, "fix-hook", arguments(program)), stop);
  }

  private List<String> arguments(NodeProgram program) {
    HookUpload upload = program.upload();
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
    arguments.add(program.nodesFile());
    arguments.addAll(program.arguments());
    return arguments;
  }

  /** One that nobody else has. */
  static String word() {
    byte[] bytes = new byte[12];
    RANDOM.nextBytes(bytes);
    return "fix-" + HexFormat.of().formatHex(bytes);
  }
}
