package dev.kitchenhooks.kitchen;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The kitchen's cookbooks, each read once, when first asked for. Of two of one name that of the
 * later folder counts, as for Chef. Thread-safe.
 */
final class Cookbooks {
  private final Supplier<List<CookbookFolder>> folders;
  private final Map<Path, Cookbook> read = new ConcurrentHashMap<>();
  private final Lazy<NavigableMap<String, Cookbook>> all = new Lazy<>(this::readAll);

  /**
   * @param folders from low to high
   */
  Cookbooks(Supplier<List<CookbookFolder>> folders) {
    this.folders = folders;
  }

  /** The cookbook that a recipe is in. */
  static String ofRecipe(String recipe) {
    int colons = recipe.indexOf("::");
    return colons < 0 ? recipe : recipe.substring(0, colons);
  }

  /** Every cookbook, by name. */
  NavigableMap<String, Cookbook> all() {
    return all.get();
  }

  /** A cookbook; most lie in a directory of their name, and only else all are read. */
  Optional<Cookbook> find(String name) {
    if (name.isEmpty() || name.indexOf('/') >= 0 || name.startsWith(".")) {
      return Optional.empty();
    }
    for (CookbookFolder folder : folders.get().reversed()) {
      Path directory = folder.directory().resolve(name);
      if (Files.isDirectory(directory)) {
        Cookbook cookbook = read(folder, directory);
        if (cookbook.name().equals(name)) {
          return Optional.of(cookbook);
        }
      }
    }
    return Optional.ofNullable(all().get(name));
  }

  /** Adds a cookbook behind all that it depends on; those of a circle as they come. */
  void addWithDependencies(String name, SequencedSet<String> order) {
    record Step(String name, Iterator<String> dependencies) {}
    var entered = new LinkedHashSet<String>(order);
    var stack = new ArrayDeque<Step>();
    if (entered.add(name)) {
      stack.push(new Step(name, dependencies(name).iterator()));
    }
    while (!stack.isEmpty()) {
      Step step = stack.peek();
      if (!step.dependencies.hasNext()) {
        order.add(stack.pop().name);
        continue;
      }
      String next = step.dependencies.next();
      if (entered.add(next)) {
        stack.push(new Step(next, dependencies(next).iterator()));
      }
    }
  }

  private Set<String> dependencies(String name) {
    return find(name).map(cookbook -> cookbook.dependencies().keySet()).orElse(Set.of());
  }

  private Cookbook read(CookbookFolder folder, Path directory) {
    return read.computeIfAbsent(
        directory, path -> CookbookReader.read(path, folder.name() + "/" + path.getFileName()));
  }

  private NavigableMap<String, Cookbook> readAll() {
    var cookbooks = new TreeMap<String, Cookbook>();
    for (CookbookFolder folder : folders.get()) {
      for (Path directory : directories(folder.directory())) {
        Cookbook cookbook = read(folder, directory);
        cookbooks.put(cookbook.name(), cookbook);
      }
    }
    return Collections.unmodifiableNavigableMap(cookbooks);
  }

  private static List<Path> directories(Path folder) {
    var directories = new ArrayList<Path>();
    if (!Files.isDirectory(folder)) {
      return directories;
    }
    try (var entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (!entry.getFileName().toString().startsWith(".") && Files.isDirectory(entry)) {
          directories.add(entry);
        }
      }
    } catch (DirectoryIteratorException | IOException e) {
      throw KitchenNames.unreadable(folder.getFileName().toString(), e);
    }
    Collections.sort(directories);
    return directories;
  }
}
