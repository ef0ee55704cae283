package dev.kitchenhooks.chef;

import dev.kitchenhooks.hook.HookTrust;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problems;
import dev.kitchenhooks.process.LineSink;
import dev.kitchenhooks.process.ProcessResult;
import dev.kitchenhooks.process.StopRequest;
import dev.kitchenhooks.remote.NodeSession;
import dev.kitchenhooks.run.DeployResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Installs Chef on nodes as the kitchen says, and looks whether it is there then. */
final class ChefInstaller {
  private static final String INTERPRETER = "#!/bin/sh\n";
  private static final String VERSION = INTERPRETER + AsRoot.script("version.sh");
  private static final String COMMAND = INTERPRETER + "exec \"$@\"\n";
  private static final Duration ANSWER = Duration.ofMinutes(2);
  private static final Duration KILL_AFTER = Duration.ofSeconds(30);
  private static final int NOT_FOUND = 127;

  private final NodePrograms programs;
  private final KitchenSource source;
  private final Map<String, String> environment;

  ChefInstaller(NodePrograms programs, KitchenSource source) {
    this.programs = programs;
    this.source = source;
    this.environment = source.proxies().variables();
  }

  /**
   * Checks that it is known what installs Chef, and that nobody else can have put it there.
   *
   * @throws FixException if not
   */
  void require() {
    if (command().isEmpty()) {
      throw FixException.invalid(
          "deploy_chef needs [kitchen] deploy_chef_command: what installs Chef or Cinc on a node",
          "e.g. deploy_chef_command = apt-get install -y cinc; or ./install-chef.sh, a file of the kitchen");
    }
    if (isFile()) {
      String name = command().getFirst();
      if (!Files.isRegularFile(file())) {
        throw FixException.invalid(
            "[kitchen] deploy_chef_command: %s is no file of the kitchen".formatted(name),
            "a program of the nodes is given without ./");
      }
      var problems = new Problems();
      problems.addAll(HookTrust.checkProgram(source.directory(), ".", name.substring(2)));
      problems.throwIfErrors("[kitchen] deploy_chef_command cannot be run; nothing has run");
    }
  }

  private List<String> command() {
    return source.install().command();
  }

  private boolean isFile() {
    return command().getFirst().startsWith("./");
  }

  private Path file() {
    return source.directory().resolve(command().getFirst()).normalize();
  }

  /** Whether Chef is on a node and answers. */
  boolean isThere(NodeSession session, String node, StopRequest stop) {
    try {
      return version(session, node, _ -> {}, stop).exitCode() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Installs it. */
  DeployResult install(NodeSession session, String node, LineSink output, StopRequest stop) {
    if (command().isEmpty()) {
      return new DeployResult(
          NOT_FOUND, "autodeploy_chef needs [kitchen] deploy_chef_command: what installs Chef");
    }
    try {
      ProcessResult installed = programs.run(session, program(node), output, stop).result(ANSWER);
      if (installed.exitCode() != 0) {
        return new DeployResult(installed.exitCode(), detail(installed));
      }
      ProcessResult version = version(session, node, output, stop);
      return version.exitCode() == 0
          ? new DeployResult(0, "")
          : new DeployResult(
              version.exitCode(),
              "deploy_chef_command ended well, but %s on %s does not answer --version"
                  .formatted(String.join(" or ", names()), node));
    } catch (IOException e) {
      return new DeployResult(1, "what installs Chef cannot be sent: " + UploadCheck.reason(e));
    }
  }

  private static String detail(ProcessResult result) {
    return result.detail().isEmpty() ? "" : "deploy_chef_command: " + result.detail();
  }

  private NodeProgram program(String node) throws IOException {
    boolean sent = isFile();
    byte[] text = sent ? Files.readAllBytes(file()) : COMMAND.getBytes(StandardCharsets.UTF_8);
    return program(
        NodeUpload.of("deploy-chef", text, environment, Optional.empty()),
        node,
        sent ? command().subList(1, command().size()) : command(),
        source.install().timeout());
  }

  private ProcessResult version(NodeSession session, String node, LineSink output, StopRequest stop)
      throws IOException {
    var upload =
        NodeUpload.of(
            "version", VERSION.getBytes(StandardCharsets.UTF_8), Map.of(), Optional.empty());
    return programs
        .run(session, program(upload, node, names(), ANSWER), output, stop)
        .result(ANSWER);
  }

  private static NodeProgram program(
      NodeUpload upload, String node, List<String> arguments, Duration timeout) {
    return new NodeProgram(upload, node, arguments, timeout, KILL_AFTER, NodeProgram.OwnFiles.NONE);
  }

  private List<String> names() {
    return switch (source.settings().chef().program()) {
      case SOLO -> List.of("chef-solo", "cinc-solo");
      case CLIENT -> List.of("chef-client", "cinc-client");
    };
  }
}
