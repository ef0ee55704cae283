package dev.kitchenhooks;

import dev.kitchenhooks.cli.FixCli;
import dev.kitchenhooks.cli.Surroundings;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code ./dev build} runs, while the JVM records which classes the commands load: a start-up
 * cache holds exactly those. The JVM links all of a cache at once, so commands that only read have
 * one of their own, which is smaller.
 */
final class Training {
  /** Each reads the kitchen anew, as a process of its own would. */
  private static final List<List<String>> READING =
      List.of(
          List.of("--version"),
          List.of("--help"),
          List.of("--list"),
          List.of("list_nodes"),
          List.of("list_nodes_detailed", "--output", "json"),
          List.of("list_nodes_with_role:web"),
          List.of("list_roles_detailed"),
          List.of("list_recipes"),
          List.of("hooks", "lint"),
          List.of("hooks", "list"),
          List.of("hooks", "explain", "node:all"),
          List.of("hooks", "update"),
          List.of("hooks", "dump"),
          List.of("hooks", "lint", "--format", "sarif"),
          List.of("plan", "node:all"),
          List.of("plan", "node:all", "recipe:motd"),
          List.of("plan", "nodes_with_role:web", "--output", "json"),
          List.of("hub", "page"),
          List.of("status"),
          List.of("history"),
          // Of a file that is not there: few need the library that reads one.
          List.of(
              "app-hook",
              "monitoring",
              "shop",
              "prod",
              "1",
              "none.yml",
              ".",
              "--moment",
              "pre_deploy"));

  private static final List<List<String>> RUNNING =
      List.of(
          List.of("wrap", "node:all", "--yes", "--", "echo", "{node}"),
          List.of("rerun", "--dry-run"),
          List.of("hooks", "test", "notice", "--dry-run"),
          List.of("rollback", "--dry-run"),
          // Whole runs over SSH, against nodes of its own.
          List.of("demo"),
          List.of("status"));

  private Training() {}

  /**
   * Runs the commands.
   *
   * @param args {@code reading} or {@code running}, and the directory of a kitchen that may be
   *     written to; reading wants one that has a history
   */
  public static void main(String[] args) throws GeneralSecurityException {
    List<List<String>> commands = args[0].equals("running") ? RUNNING : READING;
    Path kitchen = Path.of(args[1]).toAbsolutePath();
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), true);
    Map<String, String> environment = new HashMap<>(System.getenv());
    // A build that is started by a hook is no run of this kitchen, and needs no agent.
    environment.keySet().removeIf(name -> name.startsWith("FIX_") || name.startsWith("SSH_"));
    var around =
        new Surroundings(
            nowhere,
            nowhere,
            InputStream.nullInputStream(),
            environment,
            kitchen,
            false,
            false,
            false,
            true);
    commands.forEach(command -> FixCli.run(command, around));
    if (args[0].equals("running")) {
      useEd25519();
    }
    Main.run(new String[] {"--version"}); // with the surroundings of a real start
  }

  /** The keys of nearly all OpenSSH nodes; the embedded nodes of the demo cannot have such. */
  private static void useEd25519() throws GeneralSecurityException {
    var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    var key = (EdECPublicKey) pair.getPublic();
    var secret = (EdECPrivateKey) pair.getPrivate();
    var keys = KeyFactory.getInstance("Ed25519");
    var signing = Signature.getInstance("Ed25519");
    signing.initSign(
        keys.generatePrivate(
            new EdECPrivateKeySpec(NamedParameterSpec.ED25519, secret.getBytes().orElseThrow())));
    byte[] text = "text".getBytes(StandardCharsets.US_ASCII);
    signing.update(text);
    byte[] signature = signing.sign();
    var verifying = Signature.getInstance("Ed25519");
    verifying.initVerify(
        keys.generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, key.getPoint())));
    verifying.update(text);
    if (!verifying.verify(signature)) {
      throw new IllegalStateException("Ed25519 does not know its own signature");
    }
  }
}
