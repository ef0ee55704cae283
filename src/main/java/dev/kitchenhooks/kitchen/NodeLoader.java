package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.json.JsonDocument;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Nearest;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads node files. Of a fleet only the facts are kept. Thread-safe. */
final class NodeLoader {
  private static final String ENVIRONMENT = "/chef_environment";
  private static final String RUN_LIST = "/run_list";

  /** Of a fully qualified domain name (RFC 1035, without the length octets at both ends). */
  private static final int LONGEST_NAME = 253;

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private static final SortedSet<String> NONE = Collections.emptySortedSet();

  private final Path kitchen;
  private final KitchenNames names;
  private final Environments environments;
  private final RoleBook roles;
  private final RoleExpander expander;

  private final Map<String, LoadedNode> loaded = new ConcurrentHashMap<>();
  private final Set<String> declaring = ConcurrentHashMap.newKeySet();

  /** Fleets repeat themselves: equal values are kept once. */
  private final Interner interner = new Interner();

  NodeLoader(
      Path kitchen,
      KitchenNames names,
      Environments environments,
      RoleBook roles,
      RoleExpander expander) {
    this.kitchen = kitchen;
    this.names = names;
    this.environments = environments;
    this.roles = roles;
    this.expander = expander;
  }

  /** Each once, in their order, as many at once as there are processors. */
  List<LoadedNode> load(Collection<String> fqdns) {
    return fqdns.parallelStream().map(fqdn -> loaded.computeIfAbsent(fqdn, this::load)).toList();
  }

  /**
   * The whole document of a node, a copy of its own for each caller.
   *
   * @throws FixException if the file is not valid JSON
   */
  ObjectNode document(String fqdn) {
    String shown = shown(fqdn);
    var problems = new Problems();
    JsonDocument document = JsonDocument.read(file(fqdn), shown, problems);
    if (document != null
        && new Fields(document, problems).isObject("")
        && !problems.hasErrors()
        && document.root() instanceof ObjectNode object) {
      return object;
    }
    throw FixException.invalid("node \"%s\" is not valid".formatted(fqdn), problems.errors());
  }

  /** The same where what is wrong with the file has been said. */
  Optional<ObjectNode> readable(String fqdn) {
    JsonDocument document = JsonDocument.read(file(fqdn), shown(fqdn), new Problems());
    return document != null && document.root() instanceof ObjectNode object
        ? Optional.of(object)
        : Optional.empty();
  }

  /** What would be wrong with a node whose file held this text. */
  List<Problem> errors(String fqdn, String text) {
    var problems = new Problems();
    JsonDocument document = JsonDocument.parse(shown(fqdn), text, problems);
    if (document == null || !new Fields(document, problems).isObject("")) {
      return problems.errors();
    }
    return read(fqdn, new Fields(document, problems), problems).errors();
  }

  private LoadedNode load(String fqdn) {
    String shown = shown(fqdn);
    var problems = new Problems();
    if (!isLegal(fqdn)) {
      problems.add(
          Problem.error(shown, 0, 0, "the file's name is not a host name")
              .withHint(
                  "letters, digits, dots, hyphens and underscores, e.g. web1.example.com.json"));
    }
    JsonDocument document = JsonDocument.read(file(fqdn), shown, problems);
    if (document == null || !new Fields(document, problems).isObject("")) {
      return new LoadedNode(fqdn, Optional.empty(), Optional.empty(), List.of(), problems.sorted());
    }
    return read(fqdn, new Fields(document, problems), problems);
  }

  /** Whether the file of a node that was read says something of applications. */
  boolean declaresApplications(String fqdn) {
    return declaring.contains(fqdn);
  }

  private LoadedNode read(String fqdn, Fields fields, Problems problems) {
    if (fields.object("").has(Applications.ATTRIBUTE)) {
      declaring.add(fqdn);
    }
    Optional<String> declared = fields.string(ENVIRONMENT);
    // Of a node whose environment cannot be read it is not known whether --env means it.
    boolean known = declared.isPresent() || !problems.hasErrors();
    String environment = interner.same(declared.orElse(KitchenNames.DEFAULT_ENVIRONMENT));
    fields.checkName("node", List.of(fqdn));
    if (!environments.exists(environment)) {
      problems.add(
          fields
              .errorAt(ENVIRONMENT, Environments.missing(environment))
              .withHint(Nearest.hint(environment, names.environments())));
    }
    List<RunListEntry> runList = fields.runList(RUN_LIST);
    Expansion expansion = expander.expand(environment, runList);
    for (RunListEntry entry : expansion.missing()) {
      problems.add(
          fields
              .errorAt(fields.pointerOf(entry, RUN_LIST), roles.missing(entry.name()))
              .withHint(roles.hint(entry.name()).orElse(null)));
    }
    SortedSet<String> tags = tags(fields);
    var facts =
        new NodeFacts(
            fqdn,
            environment,
            expansion.roles(),
            expansion.recipes(),
            tags,
            platform(fields),
            fields.flag("/dummy") || tags.contains("dummy"),
            interner.same(runList.stream().map(RunListEntry::text).toList()));
    problems.addAll(expansion.problems());
    problems.addAll(
        environments.exists(environment) ? environments.problems(environment) : List.of());
    return new LoadedNode(
        fqdn,
        known ? Optional.of(environment) : Optional.empty(),
        problems.hasErrors() ? Optional.empty() : Optional.of(facts),
        guests(fields),
        problems.sorted());
  }

  /** As Ohai tells of a host of virtual machines; whatever else stands there is not ours. */
  private static List<String> guests(Fields fields) {
    JsonNode virtualization = fields.object("").path("virtualization");
    if (!virtualization.path("role").asString("").equals("host")) {
      return List.of();
    }
    var guests = new ArrayList<String>();
    virtualization
        .path("guests")
        .forEach(guest -> {
          if (guest.path("fqdn").isString()) {
            guests.add(guest.path("fqdn").stringValue());
          }
        });
    return guests;
  }

  /** LittleChef keeps tags at the top, Chef among the normal attributes. */
  private SortedSet<String> tags(Fields fields) {
    var tags = new TreeSet<>(fields.strings("/tags"));
    if (fields.isObject("/normal")) {
      tags.addAll(fields.strings("/normal/tags"));
    }
    return tags.isEmpty() ? NONE : interner.same(Collections.unmodifiableSortedSet(tags));
  }

  private Optional<String> platform(Fields fields) {
    return Stream.of("", "/normal", "/automatic")
        .filter(fields::isObject)
        .flatMap(object -> fields.string(object + "/platform").stream())
        .findFirst()
        .map(interner::same);
  }

  private Path file(String fqdn) {
    return kitchen.resolve("nodes").resolve(fqdn + ".json");
  }

  /** As shown in problems, where a name of any characters may be told of. */
  private static String shown(String fqdn) {
    return "nodes/" + (isLegal(fqdn) ? fqdn : CONTROL.matcher(fqdn).replaceAll("?")) + ".json";
  }

  /** Names go to programs as arguments: one that begins with a hyphen would be an option there. */
  private static boolean isLegal(String fqdn) {
    return fqdn.length() <= LONGEST_NAME
        && fqdn.chars().allMatch(c -> letterOrDigit(c) || c == '.' || c == '-')
        && letterOrDigit(fqdn.charAt(0))
        && letterOrDigit(fqdn.charAt(fqdn.length() - 1));
  }

  private static boolean letterOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
}
