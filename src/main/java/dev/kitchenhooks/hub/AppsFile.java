package dev.kitchenhooks.hub;

import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problems;
import dev.kitchenhooks.store.AtomicFile;
import dev.kitchenhooks.store.FileLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code data/apps.json} of a hub, and {@code data/apps.owners.json} beside it.
 *
 * <p>A process that dies between the two leaves no entry without an owner: a claim is written
 * before its entry, and dropped after it. The next deploy of the same application puts both right.
 */
public final class AppsFile {
  /** As long as whole deploys of many others may take that all write at once. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  /** The hub, in a container of its own and as another user, reads it. */
  private static final String MODE = "rw-r--r--";

  private final Path apps;
  private final Path owners;
  private final Path lock;

  /**
   * @param hub the directory or volume of the hub
   */
  public AppsFile(Path hub) {
    Path data = hub.resolve("data");
    this.apps = data.resolve("apps.json");
    this.owners = data.resolve("apps.owners.json");
    this.lock = data.resolve("apps.json.lock");
  }

  /** Where {@code apps.json} is, or will be. */
  public Path path() {
    return apps;
  }

  /** What both say together. */
  record Content(ObjectNode apps, Claims claims) {}

  /** Reads it, an empty one where there is none. Takes no lock: each file is always whole. */
  Content read() {
    return new Content(readApps(), readClaims());
  }

  /**
   * An application has these links in an environment now, and no others.
   *
   * @return those of the links that another application shows in the same entry until now
   */
  List<Claim> deployed(String application, String environment, List<Claim> links) {
    return locked(() -> {
      Content old = read();
      Claims after = old.claims.without(application, environment).with(environment, links);
      write(old, after, slots(old.claims, after, application, environment));
      return links.stream()
          .filter(link -> isTaken(old.claims, new Slot(link.key(), environment), application))
          .toList();
    });
  }

  private static boolean isTaken(Claims claims, Slot slot, String application) {
    return claims.shown(slot).filter(c -> !c.application().equals(application)).isPresent();
  }

  /**
   * An application is not to be reached in an environment any more.
   *
   * @param services those that its compose file has now: entries of which no owner is known, since
   *     something else wrote them, go too
   */
  void undeployed(String application, String environment, Collection<String> services) {
    locked(() -> {
      Content old = read();
      Claims after = old.claims.without(application, environment);
      Set<Slot> slots = slots(old.claims, after, application, environment);
      services.stream()
          .map(service -> new Slot(new Claim(application, service, "").key(), environment))
          .filter(slot -> !old.claims.bySlot().containsKey(slot))
          .forEach(slots::add);
      write(old, after, slots);
      return List.of();
    });
  }

  private static Set<Slot> slots(Claims before, Claims after, String app, String environment) {
    Set<Slot> slots = new TreeSet<>(before.of(app, environment));
    slots.addAll(after.of(app, environment));
    return slots;
  }

  private void write(Content old, Claims after, Set<Slot> slots) throws IOException {
    writeIfNew(owners, ClaimsText.of(old.claims.and(after)));
    writeIfNew(apps, OneLine.of(Apps.with(old.apps, after, slots)));
    writeIfNew(owners, ClaimsText.of(after));
  }

  private static void writeIfNew(Path file, String text) throws IOException {
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      AtomicFile.write(file, text, MODE);
    }
  }

  private ObjectNode readApps() {
    JsonDocument document = document(apps, "move it away; it is then made anew");
    if (document == null) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (document.root() instanceof ObjectNode root) {
      return root;
    }
    throw FixException.invalid(
        apps + " is not one JSON object", "move it away; it is then made anew");
  }

  private Claims readClaims() {
    String hint = "move it away: entries that stand in apps.json now are then nobody's, and stay";
    JsonDocument document = document(owners, hint);
    if (document == null) {
      return Claims.NONE;
    }
    if (!ClaimsText.isKnown(document)) {
      throw FixException.invalid(owners + " is not of a form that this fix knows", hint);
    }
    return ClaimsText.read(document);
  }

  /** Null where there is none, or it is empty: somebody made room for it. */
  private static @Nullable JsonDocument document(Path file, String hint) {
    try {
      if (!Files.exists(file) || Files.size(file) == 0) {
        return null;
      }
    } catch (IOException e) {
      throw unusable(file, e);
    }
    var problems = new Problems();
    JsonDocument document = JsonDocument.read(file, file.toString(), problems);
    if (problems.hasErrors()) {
      throw FixException.invalid(
          "%s is damaged, and nothing was written (%s)"
              .formatted(file, problems.errors().getFirst().message()),
          hint);
    }
    return document;
  }

  private interface Change {
    List<Claim> make() throws IOException;
  }

  private List<Claim> locked(Change change) {
    try {
      Files.createDirectories(lock.resolveSibling("."));
      try (FileLock _ = FileLock.take(lock, LONGEST_WAIT).orElseThrow(this::busy)) {
        return change.make();
      }
    } catch (IOException e) {
      throw unusable(apps, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    }
  }

  private FixException busy() {
    return new FixException(
        ExitCode.LOCKED,
        "another process holds %s, and nothing was written".formatted(lock),
        "find who it is (fuser %s), or try again".formatted(lock));
  }

  private static FixException unusable(Path file, IOException cause) {
    return FixException.invalid(
            "%s cannot be used: %s".formatted(file, cause),
            "it must be yours to read and to write, and the disk have room")
        .causedBy(cause);
  }
}
