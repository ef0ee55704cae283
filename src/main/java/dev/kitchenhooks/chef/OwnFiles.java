package dev.kitchenhooks.chef;

import dev.kitchenhooks.kitchen.KitchenConfig;
import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.sync.Entry;
import dev.kitchenhooks.sync.FileHash;
import dev.kitchenhooks.sync.Hashing;
import dev.kitchenhooks.sync.Manifest;
import dev.kitchenhooks.sync.TarWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The few files of a revision that are one node's own. They lie in a directory of theirs, from
 * which deploy.sh takes them: chef writes to where it reads the node's object.
 *
 * @param files content by name
 */
record OwnFiles(SortedMap<String, byte[]> files) {
  /** They may hold attributes that are nobody else's business. */
  static final int MODE = 0600;

  private static final String DIRECTORY = ".node";
  private static final int DIRECTORY_MODE = 0700;
  private static final int ID_LENGTH = 8;

  /**
   * @param node of the plan: its run list and environment hold for this run
   * @param environment what a command of the operator's own is given beside the node's
   * @throws dev.kitchenhooks.problem.FixException if the node's file has broken since the run was
   *     planned
   */
  static OwnFiles of(
      KitchenTree.Shared shared,
      NodeFacts node,
      SoloRb soloRb,
      Map<String, String> environment,
      Optional<KitchenConfig.Packages> packages) {
    NodeDocument document = shared.documents().of(node.fqdn());
    var files = new TreeMap<String, byte[]>();
    files.put("node.json", NodeJson.forRun(node, document.json()));
    files.put("object.json", NodeJson.forItself(node, document.json()));
    files.put("solo.rb", soloRb.text(node.fqdn(), shared.folders()));
    packages.ifPresent(
        p -> files.put("packages", (p.onNode() + "\n").getBytes(StandardCharsets.UTF_8)));
    if (!environment.isEmpty()) {
      files.put("environment", NodeUpload.exports(environment).getBytes(StandardCharsets.UTF_8));
    }
    var named = new TreeMap<String, byte[]>();
    files.forEach((name, content) -> named.put(DIRECTORY + "/" + name, content));
    return new OwnFiles(named);
  }

  /** Whether a name of a revision is one of these. */
  static boolean isOwn(String name) {
    return name.equals(DIRECTORY) || name.startsWith(DIRECTORY + "/");
  }

  Manifest manifest() {
    var entries = new ArrayList<Entry>();
    entries.add(new Entry.Directory(DIRECTORY, DIRECTORY_MODE));
    files.forEach(
        (name, content) -> entries.add(new Entry.RegularFile(name, MODE, FileHash.of(content))));
    return Manifest.of(entries);
  }

  /** Tells them from all others that this node could have. */
  String id() {
    return Hashing.SHA256.digest(manifest().text(Hashing.SHA256)).substring(0, ID_LENGTH);
  }

  /** The last part of an archive, compressed. */
  byte[] archive() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = TarWriter.compressed(bytes)) {
      tar.directory(DIRECTORY, DIRECTORY_MODE);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        tar.bytes(file.getKey(), MODE, file.getValue());
      }
      tar.endArchive();
    }
    return bytes.toByteArray();
  }
}
