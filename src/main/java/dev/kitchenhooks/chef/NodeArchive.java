package dev.kitchenhooks.chef;

import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.remote.NodeSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * All that one node is sent: the shared part as it was packed once, then the node's own few files.
 */
final class NodeArchive implements NodeSession.Input {
  /** The encrypted data bag secret's name in the work path; deploy.sh removes it by this name. */
  static final String SECRET = "encrypted_data_bag_secret";

  /** The last entry: that it is there tells deploy.sh that the archive is whole. */
  private static final String LAST = ".kitchen-hooks";

  private final SharedArchive.Packed shared;

  /** The gzip member that ends the archive. */
  private final byte[] own;

  private NodeArchive(SharedArchive.Packed shared, byte[] own) {
    this.shared = shared;
    this.own = own;
  }

  /**
   * @param node of the plan: its run list and environment hold for this run
   * @throws IOException if the secret cannot be read
   * @throws FixException if the node's file has broken since the run was planned
   */
  static NodeArchive of(SharedArchive.Packed shared, NodeFacts node, Optional<Path> secret)
      throws IOException {
    NodeDocument document = shared.documents().of(node.fqdn());
    var planned = new NodeDocument(node, document.json());
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarWriter(bytes)) {
      // A second entry of the same name replaces the first.
      tar.bytes(nodeFile(node.fqdn()), 0600, NodeJson.forSearch(planned));
      tar.bytes("node.json", 0600, NodeJson.forRun(node, document.json()));
      tar.bytes("solo.rb", 0600, SoloRb.text(node.fqdn(), shared.folders(), secret.isPresent()));
      if (secret.isPresent()) {
        tar.bytes(SECRET, 0600, Files.readAllBytes(secret.get()));
      }
      tar.bytes(LAST, 0600, "put here by fix\n".getBytes(StandardCharsets.UTF_8));
      tar.endArchive();
    }
    return new NodeArchive(shared, bytes.toByteArray());
  }

  static String nodeFile(String fqdn) {
    return "nodes/" + fqdn + ".json";
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    shared.writeTo(out);
    out.write(own);
  }
}
