package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Nearest;
import dev.kitchenhooks.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The programs in {@code plugins/}, which {@code plugin:NAME} runs. */
final class PluginPrograms {
  /** Far beyond what stands before the first line of a description. */
  private static final int HEAD = 4096;

  /** The first comment behind the interpreter's line, or Python's docstring. */
  private static final Pattern DESCRIPTION =
      Pattern.compile(
          "\\A(?:#!.*\\R)?(?:\\s*(?:#.*coding[:=].*|#|\"{3}|'{3})?[ \\t]*\\R)*"
              + "\\s*(?:#+|\"{3}|'{3}|\"|')[ \\t]*([^\\s\"'#].*?)(?:\"{3}|'{3}|\"|')?[ \\t]*$",
          Pattern.MULTILINE);

  private PluginPrograms() {}

  /** All of them, by name. */
  static List<Listed> in(Path kitchen) {
    var plugins = new ArrayList<Listed>();
    Path folder = kitchen.resolve("plugins");
    if (!Files.isDirectory(folder)) {
      return plugins;
    }
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (Files.isRegularFile(file) && !name.startsWith(".") && !isAbout(name)) {
          plugins.add(plugin(file, name));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw KitchenNames.unreadable("plugins", e);
    }
    plugins.sort((a, b) -> a.name().compareTo(b.name()));
    return plugins;
  }

  /**
   * The one that is meant by a name, which may lack what stands behind its last dot.
   *
   * @throws FixException if there is none, or more than one
   */
  static String find(Path kitchen, String name) {
    List<String> names = in(kitchen).stream().map(Listed::name).toList();
    if (names.contains(name)) {
      return name;
    }
    List<String> meant = names.stream().filter(n -> withoutExtension(n).equals(name)).toList();
    if (meant.size() > 1) {
      throw FixException.invalid(
          "plugin %s may be %s".formatted(JsonText.quoted(name), String.join(" or ", meant)),
          "give its whole name");
    }
    if (meant.isEmpty()) {
      @Nullable String near = Nearest.hint(name, names);
      throw FixException.invalid(
          "plugin %s does not exist".formatted(JsonText.quoted(name)),
          near == null ? "fix list_plugins shows those in plugins/" : near);
    }
    return meant.getFirst();
  }

  private static String withoutExtension(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  private static boolean isAbout(String name) {
    return name.startsWith("README") || name.endsWith(".pyc") || name.endsWith("~");
  }

  private static Listed plugin(Path file, String name) {
    String shown = "plugins/" + name;
    var problems = new ArrayList<Problem>();
    if (!Files.isExecutable(file)) {
      problems.add(
          Problem.warning(shown, 0, 0, "the plugin is not executable")
              .withHint("chmod +x " + shown + "; its first line says what runs it"));
    }
    return new Listed(name, description(file), problems);
  }

  private static Optional<String> description(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String head = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
      Matcher found = DESCRIPTION.matcher(head);
      return found.find() ? Optional.of(found.group(1).strip()) : Optional.empty();
    } catch (IOException e) {
      // One that may be run and not read has nothing to say of itself.
      return Optional.empty();
    }
  }
}
