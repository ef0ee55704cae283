package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.problem.FixException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a kitchen has, by the names of its files alone. */
final class KitchenNames {
  /** Chef's environment of nodes that name none; it has no file. */
  static final String DEFAULT_ENVIRONMENT = "_default";

  private final Path kitchen;
  private final Lazy<List<String>> nodes = new Lazy<>(this::readNodes);
  private final Lazy<Set<String>> nodeSet = new Lazy<>(() -> Set.copyOf(nodes()));
  private final Lazy<List<String>> roleFiles = new Lazy<>(this::readRoleFiles);
  private final Lazy<NavigableSet<String>> jsonRoles = new Lazy<>(() -> roles(".json"));
  private final Lazy<NavigableSet<String>> rubyRoles = new Lazy<>(() -> roles(".rb"));
  private final Lazy<NavigableSet<String>> environments = new Lazy<>(this::readEnvironments);

  KitchenNames(Path kitchen) {
    this.kitchen = kitchen;
  }

  /** In LittleChef's order: by file name, extension included. */
  List<String> nodes() {
    return nodes.get();
  }

  boolean hasNode(String fqdn) {
    return nodeSet.get().contains(fqdn);
  }

  /** Roles in JSON; a name is the path below {@code roles/}. */
  NavigableSet<String> jsonRoles() {
    return jsonRoles.get();
  }

  NavigableSet<String> rubyRoles() {
    return rubyRoles.get();
  }

  boolean hasRole(String name) {
    return jsonRoles().contains(name) || rubyRoles().contains(name);
  }

  NavigableSet<String> roles() {
    var all = new TreeSet<>(jsonRoles());
    all.addAll(rubyRoles());
    return Collections.unmodifiableNavigableSet(all);
  }

  /** Those with a file, and {@code _default}. */
  NavigableSet<String> environments() {
    return environments.get();
  }

  private List<String> readNodes() {
    return listed("nodes", name -> name.endsWith(".json")).stream()
        .sorted()
        .map(name -> withoutSuffix(name, ".json"))
        .toList();
  }

  private NavigableSet<String> readEnvironments() {
    var names = new TreeSet<String>();
    names.add(DEFAULT_ENVIRONMENT);
    listed("environments", name -> name.endsWith(".json"))
        .forEach(name -> names.add(withoutSuffix(name, ".json")));
    listed("environments", name -> name.endsWith(".rb"))
        .forEach(name -> names.add(withoutSuffix(name, ".rb")));
    return Collections.unmodifiableNavigableSet(names);
  }

  /** Files whose names begin with a dot are what editors and other systems leave behind. */
  private List<String> listed(String folder, Predicate<String> wanted) {
    var names = new ArrayList<String>();
    try (var files = Files.newDirectoryStream(kitchen.resolve(folder))) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (wanted.test(name) && !name.startsWith(".")) {
          names.add(name);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (DirectoryIteratorException | IOException e) {
      throw unreadable(folder, e);
    }
    return names;
  }

  /** As LittleChef does, links to directories are not followed: they may form loops. */
  private List<String> readRoleFiles() {
    Path roles = kitchen.resolve("roles");
    if (!Files.isDirectory(roles)) {
      return List.of();
    }
    try {
      Path real = roles.toRealPath();
      try (Stream<Path> files = Files.walk(real)) {
        return files
            .map(file -> real.relativize(file).toString())
            .filter(name -> !name.startsWith(".") && !name.contains("/."))
            .toList();
      }
    } catch (UncheckedIOException | IOException e) {
      throw unreadable("roles", e);
    }
  }

  private NavigableSet<String> roles(String suffix) {
    var names = new TreeSet<String>();
    for (String file : roleFiles.get()) {
      if (file.endsWith(suffix)) {
        names.add(withoutSuffix(file, suffix));
      }
    }
    return Collections.unmodifiableNavigableSet(names);
  }

  private static String withoutSuffix(String name, String suffix) {
    return name.substring(0, name.length() - suffix.length());
  }

  static FixException unreadable(String folder, Exception cause) {
    return FixException.invalid(
            "%s/ cannot be read: %s".formatted(folder, cause.getMessage()), "check its permissions")
        .causedBy(cause);
  }
}
