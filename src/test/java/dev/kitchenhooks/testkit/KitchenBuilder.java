package dev.kitchenhooks.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a kitchen file by file. Every method writes at once and returns this, so a test reads as
 * the list of what its kitchen holds:
 *
 * <pre>{@code
 * Path kitchen = KitchenBuilder.in(dir)
 *     .environment("staging")
 *     .role("web", "recipe[nginx]")
 *     .node("a.example.com", "staging", "role[web]")
 *     .script("drain", "exit 0")
 *     .hookDef("drain.json", "{...}")
 *     .directory();
 * }</pre>
 */
public final class KitchenBuilder {
  private final Path directory;

  private KitchenBuilder(Path directory) {
    this.directory = directory;
  }

  /** A kitchen with an empty {@code littlechef.cfg}, in a directory that is made if missing. */
  public static KitchenBuilder in(Path directory) {
    return new KitchenBuilder(directory).cfg();
  }

  /** The same without any file: not a kitchen until something is written. */
  public static KitchenBuilder emptyIn(Path directory) {
    return new KitchenBuilder(directory);
  }

  /**
   * {@code littlechef.cfg}, line by line; replaces what was there. 0600: it may hold a password.
   */
  public KitchenBuilder cfg(String... lines) {
    return file("littlechef.cfg", text(lines)).permissions("littlechef.cfg", "rw-------");
  }

  /** A node in the environment {@code _default}. */
  public KitchenBuilder node(String fqdn) {
    return nodeJson(fqdn, "{\"run_list\": []}\n");
  }

  /** A node with an environment and a run list, one entry a line. */
  public KitchenBuilder node(String fqdn, String environment, String... runList) {
    return nodeJson(
        fqdn,
        "{\n  \"chef_environment\": \"%s\",\n  \"run_list\": %s\n}\n"
            .formatted(environment, array(runList)));
  }

  /** {@code nodes/FQDN.json} as given. */
  public KitchenBuilder nodeJson(String fqdn, String json) {
    return file("nodes/" + fqdn + ".json", json);
  }

  /** A role with a run list; its name may be a path below {@code roles/}. */
  public KitchenBuilder role(String name, String... runList) {
    String leaf = name.substring(name.lastIndexOf('/') + 1);
    return roleJson(
        name, "{\n  \"name\": \"%s\",\n  \"run_list\": %s\n}\n".formatted(leaf, array(runList)));
  }

  /** {@code roles/NAME.json} as given. */
  public KitchenBuilder roleJson(String name, String json) {
    return file("roles/" + name + ".json", json);
  }

  public KitchenBuilder environment(String name) {
    return environmentJson(name, "{\"name\": \"%s\"}\n".formatted(name));
  }

  /** {@code environments/NAME.json} as given. */
  public KitchenBuilder environmentJson(String name, String json) {
    return file("environments/" + name + ".json", json);
  }

  /** {@code data_bags/BAG/ITEM.json} as given. */
  public KitchenBuilder dataBagItem(String bag, String item, String json) {
    return file("data_bags/" + bag + "/" + item + ".json", json);
  }

  /** {@code site-cookbooks/NAME} with an empty default recipe. */
  public KitchenBuilder cookbook(String name) {
    return file(
            "site-cookbooks/" + name + "/metadata.json",
            "{\"name\": \"%s\", \"version\": \"1.0.0\"}\n".formatted(name))
        .file("site-cookbooks/" + name + "/recipes/default.rb", "");
  }

  /** {@code hook-defs/FILE} as given. */
  public KitchenBuilder hookDef(String file, String json) {
    return file("hook-defs/" + file, json);
  }

  /** {@code hooks/NAME}: a {@code /bin/sh} script, executable (0755). */
  public KitchenBuilder script(String name, String... lines) {
    return executable(
        "hooks/" + name,
        Stream.concat(Stream.of("#!/bin/sh"), Stream.of(lines)).toArray(String[]::new));
  }

  /** Any file of the given lines, executable (0755); the first line names its interpreter. */
  public KitchenBuilder executable(String path, String... lines) {
    return file(path, text(lines)).permissions(path, "rwxr-xr-x");
  }

  /** Any file (0644), its path relative to the kitchen. */
  public KitchenBuilder file(String path, String content) {
    return bytes(path, content.getBytes(StandardCharsets.UTF_8));
  }

  /** The same for what is not text. */
  public KitchenBuilder bytes(String path, byte[] content) {
    Path file = directory.resolve(path);
    try {
      Files.createDirectories(file.getParent() == null ? directory : file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return permissions(path, "rw-r--r--");
  }

  /** Permissions as {@code ls -l} shows them, set whatever the umask. */
  public KitchenBuilder permissions(String path, String permissions) {
    try {
      Files.setPosixFilePermissions(
          directory.resolve(path), PosixFilePermissions.fromString(permissions));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Where the kitchen lies. */
  public Path directory() {
    return directory;
  }

  private static String text(String... lines) {
    return Stream.of(lines).map(line -> line + "\n").collect(Collectors.joining());
  }

  private static String array(String... entries) {
    if (entries.length == 0) {
      return "[]";
    }
    return Stream.of(entries)
        .map(entry -> "    \"" + entry + "\"")
        .collect(Collectors.joining(",\n", "[\n", "\n  ]"));
  }
}
