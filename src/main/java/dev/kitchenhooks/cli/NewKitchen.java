package dev.kitchenhooks.cli;

import dev.kitchenhooks.console.NodeListing;
import dev.kitchenhooks.problem.FixException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code fix new_kitchen}: an empty kitchen. Nothing that is there already is touched. */
final class NewKitchen {
  /** With what a README.md in each says: version control keeps no empty directory. */
  private static final Map<String, String> FOLDERS = new LinkedHashMap<>();

  static {
    FOLDERS.put(
        "nodes",
        """
        One JSON file a node, named after its FQDN:

            {"chef_environment": "_default", "run_list": ["role[base]"]}
        """);
    FOLDERS.put("roles", "Roles as Chef's JSON: `NAME.json`.\n");
    FOLDERS.put("environments", "Environments as Chef's JSON: `NAME.json`.\n");
    FOLDERS.put("data_bags", "Data bags: `BAG/ITEM.json`.\n");
    FOLDERS.put("cookbooks", "Cookbooks of others.\n");
    FOLDERS.put(
        "site-cookbooks",
        "Your own cookbooks; of two of one name, the one here counts and not that in `cookbooks/`.\n");
    FOLDERS.put("plugins", "Programs that `fix node:NAME plugin:PROGRAM` runs here for a node.\n");
    FOLDERS.put("hook-defs", "Definitions of hooks: `fix hooks new` writes one to start from.\n");
    FOLDERS.put("hooks", "The programs of the hooks in `hook-defs/`.\n");
  }

  private static final String CONFIG =
      """
      # Every key: https://kitchenhooks.dev, docs/reference.md. All of it is optional.

      [userinfo]
      # user = deploy
      # keypair-file = ~/.ssh/id_ed25519
      # ssh-config = ~/.ssh/config
      # encrypted_data_bag_secret = encrypted_data_bag_secret

      [connection]
      # gateway = jump.example.com
      connect-timeout = 10s

      [kitchen]
      # node_work_path = /var/lib/fix/kitchen
      # berksfile = Berksfile

      [hooks]
      timeout = 30s
      """;

  private final Shell shell;
  private final Path directory;
  private final List<String> made = new ArrayList<>();
  private final List<String> kept = new ArrayList<>();

  NewKitchen(Shell shell) {
    this.shell = shell;
    this.directory =
        shell
            .around()
            .directory()
            .resolve(Optional.ofNullable(shell.globals().kitchen).orElse(Path.of("")))
            .toAbsolutePath()
            .normalize();
  }

  void make() {
    try {
      Files.createDirectories(directory);
      // It may come to hold a password.
      file("littlechef.cfg", CONFIG, "rw-------");
      for (Map.Entry<String, String> folder : FOLDERS.entrySet()) {
        folder(folder.getKey(), folder.getValue());
      }
    } catch (IOException e) {
      throw FixException.invalid(
              "cannot make a kitchen in %s: %s".formatted(directory, e),
              "the directory must be yours to write to")
          .causedBy(e);
    }
    tell();
  }

  private void folder(String name, String about) throws IOException {
    Path folder = directory.resolve(name);
    if (Files.isDirectory(folder)) {
      kept.add(name + "/");
      return;
    }
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(folder + " is no directory");
    }
    Files.createDirectory(folder);
    Files.writeString(
        folder.resolve("README.md"), "# " + name + "\n\n" + about, StandardOpenOption.CREATE_NEW);
    made.add(name + "/");
  }

  private void file(String name, String content, String permissions) throws IOException {
    Path file = directory.resolve(name);
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      kept.add(name);
      return;
    }
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
    Files.writeString(file, content);
    made.add(name);
  }

  private void tell() {
    PrintStream out = shell.around().out();
    if (shell.globals().json()) {
      out.println(NodeListing.made(directory.toString(), made, kept));
      return;
    }
    out.println("Kitchen in " + directory);
    made.forEach(name -> out.println("  made  " + name));
    kept.forEach(name -> out.println("  kept  " + name + " (was there already)"));
    String fix = shell.fixCommand();
    out.println();
    out.println("Next: describe a node in nodes/FQDN.json: {\"run_list\": []}");
    out.println("      " + fix + " list_nodes");
    out.println("      " + fix + " plan node:all");
    out.println("      " + fix + " hooks new");
  }
}
