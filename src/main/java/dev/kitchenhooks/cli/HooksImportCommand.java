package dev.kitchenhooks.cli;

import dev.kitchenhooks.hook.HookDefinitions;
import dev.kitchenhooks.hook.ScriptHooks;
import dev.kitchenhooks.hook.ScriptHooks.Script;
import dev.kitchenhooks.kitchen.Kitchen;
import dev.kitchenhooks.problem.ExitCode;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code fix hooks import DIR}: definitions for a collection of scripts. */
final class HooksImportCommand implements Callable<Integer> {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Shell shell;

  private Path directory = Path.of("");

  HooksImportCommand(Shell shell) {
    this.shell = shell;
  }

  CommandSpec spec() {
    return Syntax.of(
            this,
            "import",
            "Writes definitions for a collection of scripts, to be filtered, ordered or limited.")
        .synopsis("fix hooks import DIR")
        .description(
            "",
            "For each program in pre_deploy, post_deploy, pre_undeploy and post_undeploy below DIR. The scripts stay",
            "where they are; nothing that is there already is overwritten.")
        .pathArgument("DIR", "Where the four directories are.", v -> directory = v)
        .help()
        .spec();
  }

  @Override
  public Integer call() throws IOException {
    shell.noWrapped("hooks import");
    Kitchen kitchen = shell.openKitchenForRun();
    Path from = shell.around().directory().resolve(directory).normalize();
    var problems = new Problems();
    List<Script> scripts = ScriptHooks.find(from, problems);
    problems.throwIfErrors("the scripts cannot be read; nothing was written");
    if (scripts.isEmpty()) {
      throw FixException.invalid(
          "there is no program to import below " + from,
          "they lie in pre_deploy, post_deploy, pre_undeploy or post_undeploy, and can be executed");
    }
    Map<Path, String> files = files(kitchen, scripts);
    refuseToOverwrite(kitchen, files);
    for (Map.Entry<Path, String> file : files.entrySet()) {
      Files.createDirectories(file.getKey().getParent());
      Files.writeString(file.getKey(), file.getValue(), StandardOpenOption.CREATE_NEW);
      shell.around().out().println("wrote " + kitchen.directory().relativize(file.getKey()));
    }
    return ExitCode.OK.code();
  }

  private static Map<Path, String> files(Kitchen kitchen, List<Script> scripts) {
    Path definitions = kitchen.directory().resolve(HookDefinitions.DIRECTORY);
    Path programs = kitchen.directory().resolve(HookDefinitions.PROGRAMS);
    Map<Path, String> files = new LinkedHashMap<>();
    for (Script script : scripts) {
      Path file = script.file();
      ObjectNode definition = JSON.createObjectNode();
      definition.put("name", script.name());
      definition.put("type", script.type().id());
      definition.put(
          "exec",
          file.startsWith(programs) ? programs.relativize(file).toString() : file.toString());
      files.put(
          definitions.resolve(script.name().replace('/', '-') + ".json"),
          JSON.writeValueAsString(definition) + "\n");
    }
    return files;
  }

  private static void refuseToOverwrite(Kitchen kitchen, Map<Path, String> files) {
    var problems = new Problems();
    for (Path file : files.keySet()) {
      if (Files.exists(file)) {
        problems.add(
            Problem.error(
                kitchen.directory().relativize(file).toString(), 0, 0, "is there already"));
      }
    }
    problems.throwIfErrors("nothing was written");
  }
}
