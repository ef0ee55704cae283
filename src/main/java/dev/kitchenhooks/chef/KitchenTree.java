package dev.kitchenhooks.chef;

import dev.kitchenhooks.kitchen.NodeFacts;
import dev.kitchenhooks.sync.Delta;
import dev.kitchenhooks.sync.Entry;
import dev.kitchenhooks.sync.FileHash;
import dev.kitchenhooks.sync.FileTree;
import dev.kitchenhooks.sync.HashCache;
import dev.kitchenhooks.sync.Hashing;
import dev.kitchenhooks.sync.Manifest;
import dev.kitchenhooks.sync.Spool;
import dev.kitchenhooks.sync.TarWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The kitchen as every node gets it: looked at once a run, when the first node needs it, so that
 * what a global pre hook puts into the kitchen is in it. Thread-safe.
 */
final class KitchenTree implements AutoCloseable {
  /** Never {@code hooks}, {@code hook-defs} or {@code .fix}: they are this machine's own. */
  private static final List<String> FOLDERS = List.of("roles", "environments");

  static final String DATA_BAGS = "data_bags";

  /** What deploy.sh takes the packages directory from. */
  static final String PACKAGES = ".packages";

  private static final String NODES = "nodes";
  private static final int DIRECTORY_MODE = 0755;
  private static final int ID_LENGTH = 16;

  private final KitchenSource source;
  private final Path directory;
  private final Memory memory;
  private final Arena arena = Arena.ofShared();
  private final Map<String, Spool> deltas = new HashMap<>();
  private final Lazy<Shared> shared = new Lazy<>(this::look);
  private @Nullable List<FileTree.Found> files;
  private @Nullable Spool forTheRun;

  /** Where something of the tree comes from. */
  private sealed interface Content {
    record OnDisk(Path file) implements Content {}

    record Generated(NodeDocument node) implements Content {}
  }

  /**
   * What all nodes have in common.
   *
   * @param id tells it from every other one
   * @param folders the top-level folders in it
   * @param documents every node's
   * @param whole asked for where the id is not enough
   */
  record Shared(String id, List<String> folders, NodeDocuments documents, Lazy<Whole> whole) {}

  /**
   * All of it.
   *
   * @param manifest each node's object in it, its own too
   * @param contents by name; a directory that is made for nodes has none
   */
  record Whole(Manifest manifest, Map<String, Content> contents) {}

  /**
   * @param directory for files that are gone with this
   */
  KitchenTree(KitchenSource source, Path directory, Memory memory) {
    this.source = source;
    this.directory = directory;
    this.memory = memory;
  }

  KitchenSource source() {
    return source;
  }

  /**
   * Begins to look, before the first node needs it: for where nothing will change the kitchen until
   * then.
   *
   * @param seen what {@link FileTree#list} has just found
   */
  void lookAhead(List<FileTree.Found> seen) {
    files = seen;
    Thread.ofVirtual()
        .name("kitchen-tree")
        .start(() -> {
          try {
            shared();
          } catch (IOException | RuntimeException e) {
            // Who needs it looks again, and says so.
            return;
          }
        });
  }

  /** What a revision is made of, whether it exists or not. */
  static List<FileTree.Root> roots(KitchenSource source) {
    var roots = new ArrayList<FileTree.Root>();
    source.cookbooks().forEach(c -> roots.add(new FileTree.Root(c.name(), c.directory())));
    for (String folder : FOLDERS) {
      roots.add(root(source, folder));
    }
    if (!source.settings().removeDataBags()) {
      roots.add(root(source, DATA_BAGS));
    }
    source
        .settings()
        .packages()
        .ifPresent(packages -> roots.add(new FileTree.Root(PACKAGES, packages.local())));
    return roots;
  }

  static FileTree.Root root(KitchenSource source, String folder) {
    return new FileTree.Root(folder, source.directory().resolve(folder));
  }

  /**
   * Looks at the first call.
   *
   * @throws IOException if the kitchen cannot be read; the next call tries again
   */
  Shared shared() throws IOException {
    return shared.get();
  }

  private Shared look() throws IOException {
    boolean links = source.settings().followSymlinks();
    List<FileTree.Root> roots = roots(source);
    List<FileTree.Found> seen = files;
    files = null;
    List<FileTree.Found> found =
        seen == null ? FileTree.list(source.directory(), roots, links) : seen;
    HashCache.Hashed hashed = memory.hashes().hash(found);
    NodeDocuments documents = NodeDocuments.read(source);
    Manifest nodes = nodes(documents);
    String text = hashed.id() + "\n" + Hashing.SHA256.digest(nodes.text(Hashing.SHA256));
    String id =
        Hashing.SHA256.digest(text.getBytes(StandardCharsets.US_ASCII)).substring(0, ID_LENGTH);
    var whole =
        new Lazy<>(() -> {
          Manifest manifest = Manifest.of(hashed.entries().get()).plus(nodes);
          memory.keep(id, manifest);
          return new Whole(manifest, contents(found, documents));
        });
    if (!memory.has(id)) {
      whole.get();
    }
    return new Shared(
        id,
        roots.stream()
            .filter(root -> FileTree.exists(root, links))
            .map(FileTree.Root::name)
            .toList(),
        documents,
        whole);
  }

  private static Manifest nodes(NodeDocuments documents) {
    var entries = new ArrayList<Entry>();
    entries.add(new Entry.Directory(NODES, DIRECTORY_MODE));
    for (NodeDocument node : documents.sound()) {
      FileHash hash = FileHash.of(NodeJson.forSearch(node));
      entries.add(new Entry.RegularFile(nodeFile(node.facts().fqdn()), OwnFiles.MODE, hash));
    }
    return Manifest.of(entries);
  }

  private static Map<String, Content> contents(
      List<FileTree.Found> files, NodeDocuments documents) {
    Map<String, Content> contents = new HashMap<>();
    files.forEach(found -> contents.put(found.name(), new Content.OnDisk(found.file())));
    for (NodeDocument node : documents.sound()) {
      contents.put(nodeFile(node.facts().fqdn()), new Content.Generated(node));
    }
    return contents;
  }

  static String nodeFile(String fqdn) {
    return NODES + "/" + fqdn + ".json";
  }

  /** What a node gets: nobody but chef writes its own object, and its own files are added. */
  Manifest of(NodeFacts node, OwnFiles own) throws IOException {
    String itself = nodeFile(node.fqdn());
    return shared()
        .whole()
        .get()
        .manifest()
        .only(name -> !name.equals(itself))
        .plus(own.manifest());
  }

  /** What makes the kitchen of one that was sent before; empty if that one is not remembered. */
  Optional<Part> since(String id) throws IOException {
    Whole now = shared().whole().get();
    Optional<Map<String, String>> have = memory.recall(id);
    if (have.isEmpty()) {
      return Optional.empty();
    }
    Delta delta = Delta.between(have.get(), now.manifest().stamps(Hashing.SHA256));
    // Those who need no delta shall not wait for who packs one.
    synchronized (deltas) {
      Spool known = deltas.get(id);
      if (known == null) {
        known = Spool.of(directory, arena, out -> write(delta.sent(), now, out));
        deltas.put(id, known);
      }
      return Optional.of(new Part(delta.removal(), known::writeTo));
    }
  }

  /** What makes the kitchen of nothing. */
  Part whole() throws IOException {
    return since(Memory.NOTHING).orElseThrow();
  }

  /** What makes a node's kitchen of what that node says it has. */
  Part repair(Map<String, String> have, Manifest wanted, Hashing hashing) throws IOException {
    Whole now = shared().whole().get();
    Map<String, String> want = wanted.only(name -> !OwnFiles.isOwn(name)).stamps(hashing);
    Delta delta = Delta.between(have, want);
    return new Part(delta.removal(), out -> write(delta.sent(), now, out));
  }

  /**
   * A part of what is sent.
   *
   * @param removal a script, a character for each byte
   * @param archive of an archive that has not ended, compressed
   */
  record Part(String removal, Spool.Content archive) {}

  private static void write(NavigableSet<String> names, Whole of, OutputStream out)
      throws IOException {
    try (var tar = TarWriter.compressed(out)) {
      for (Entry entry : of.manifest().only(names::contains).entries()) {
        String name = entry.name();
        switch (of.contents().get(name)) {
          case Content.OnDisk(Path file) -> {
            switch (entry) {
              case Entry.Directory directory -> tar.directory(name, directory.mode());
              case Entry.RegularFile regular -> tar.file(name, regular.mode(), file);
            }
          }
          case Content.Generated(NodeDocument node) ->
              tar.bytes(name, entry.mode(), NodeJson.forSearch(node));
          case null -> tar.directory(name, entry.mode());
        }
      }
    }
  }

  /**
   * What nodes are given for the run alone: the secret, and data bags that are not to stay there.
   * An uncompressed archive; of no length where there is nothing of the kind.
   */
  synchronized Spool forTheRun() throws IOException {
    Spool known = forTheRun;
    if (known == null) {
      known = Spool.of(directory, arena, new ForTheRun(source));
      forTheRun = known;
    }
    return known;
  }

  /** Called when no deploy is in flight any more. */
  @Override
  public synchronized void close() {
    deltas.clear();
    arena.close();
  }
}
