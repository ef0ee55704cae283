package dev.kitchenhooks.kitchen;

import dev.kitchenhooks.json.JsonText;
import dev.kitchenhooks.json.Position;
import dev.kitchenhooks.json.SourceText;
import dev.kitchenhooks.problem.Nearest;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** From {@code littlechef.cfg}, or the files that were its forerunners, to a configuration. */
final class ConfigReader {
  /** A configuration, and what in it is suspicious. */
  record Result(KitchenConfig config, List<Problem> warnings) {}

  private static final String CURRENT = "littlechef.cfg";
  private static final List<String> OLD = List.of("config.cfg", "auth.cfg");

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration HOOK_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration DEPLOY_CHEF_TIMEOUT = Duration.ofMinutes(30);
  private static final Duration KILL_AFTER = Duration.ofSeconds(30);
  private static final String NODE_WORK_PATH = "/var/lib/fix/kitchen";

  private static final Pattern GATEWAY =
      Pattern.compile("(?:[^@\\s-][^@\\s]*@)?(?:\\w[\\w.-]*|\\[[0-9A-Fa-f:.]+\\])(?::\\d{1,5})?");
  private static final Pattern PROXY =
      Pattern.compile(
          "(?:https?://)?(?:[^\\s/@'\"\\\\]+@)?(?:\\w[\\w.-]*|\\[[0-9A-Fa-f:.]+\\])(?::\\d{1,5})?/?");
  private static final Pattern PHASE = Pattern.compile("[a-z0-9]+");
  private static final Pattern ENGINE = Pattern.compile("docker|podman|/[^\\x00]+");
  private static final Pattern ABOVE_ITSELF = Pattern.compile("(?:.*/)?\\.\\.(?:/.*)?|[/.]+");

  private final Path kitchen;
  private final Problems problems = new Problems();
  private final List<IniFile> files;
  private final Settings settings;

  private ConfigReader(Path kitchen) {
    this.kitchen = kitchen;
    this.files = files();
    this.settings = new Settings(kitchen, files, problems);
  }

  /**
   * Reads the configuration; a kitchen without one gets the defaults.
   *
   * @throws dev.kitchenhooks.problem.FixException with every error
   */
  static Result read(Path kitchen) {
    var reader = new ConfigReader(kitchen);
    reader.files.forEach(reader::checkKeys);
    var vendor = new VendorSettings(kitchen, reader.settings);
    var config =
        new KitchenConfig(
            reader.ssh(),
            reader.converge(),
            reader.hooks(),
            AppSettings.read(reader.settings),
            reader.install(),
            new KitchenConfig.Proxies(reader.proxy("http_proxy"), reader.proxy("https_proxy")),
            vendor.cookbooks(),
            vendor.vendoring());
    reader.checkPassword();
    reader.problems.throwIfErrors("the kitchen's configuration is not valid");
    return new Result(config, reader.problems.warnings());
  }

  /** Where a key has its value from; empty where it has its default. */
  static Optional<IniFile.Entry> entry(Path kitchen, String section, String key) {
    return new ConfigReader(kitchen).settings.entry(section, key);
  }

  private List<IniFile> files() {
    if (Files.exists(kitchen.resolve(CURRENT))) {
      return List.of(parse(CURRENT));
    }
    var old = new ArrayList<IniFile>();
    for (String name : OLD) {
      if (Files.exists(kitchen.resolve(name))) {
        problems.add(
            Problem.warning(name, 0, 0, "the name of this file is out of date")
                .withHint("rename it to " + CURRENT));
        old.add(parse(name));
      }
    }
    return old;
  }

  private IniFile parse(String name) {
    String text = SourceText.read(kitchen.resolve(name), name, problems);
    return IniParser.parse(name, text == null ? "" : text, problems);
  }

  private KitchenConfig.Ssh ssh() {
    Optional<String> gateway = settings.text("connection", "gateway");
    if (gateway.isPresent() && !GATEWAY.matcher(gateway.get()).matches()) {
      settings.wrong("connection", "gateway", "expected [USER@]HOST[:PORT]");
    }
    return new KitchenConfig.Ssh(
        settings.text("userinfo", "user"),
        settings.text("userinfo", "password").map(Secret::new),
        settings.path("userinfo", "keypair-file"),
        settings.path("userinfo", "ssh-config"),
        gateway,
        settings.flag("connection", "accept-new"),
        settings.duration("connection", "connect-timeout").orElse(CONNECT_TIMEOUT));
  }

  private KitchenConfig.Converge converge() {
    String workPath = nodeWorkPath();
    var chef = new ChefSettings(settings);
    // LittleChef reads this one raw, and Fabric then puts its prompt in; ours needs none.
    Optional<String> sudo =
        settings.raw("ssh", "sudo_prefix").map(text -> text.replace("%(sudo_prompt)s", ""));
    return new KitchenConfig.Converge(
        settings.words("kitchen", "converge_command").orElse(List.of()),
        settings.duration("kitchen", "converge_timeout"),
        workPath,
        settings.words("ssh", "sudo_prefix", sudo),
        settings.path("userinfo", "encrypted_data_bag_secret"),
        settings.flag("userinfo", "remove_data_bags"),
        settings.flag("kitchen", "follow_symlinks"),
        chef.chef(workPath),
        chef.packages(workPath));
  }

  /** Chef takes a host without a scheme for one that is reached by http, and so do we. */
  private Optional<Secret> proxy(String key) {
    Optional<String> text = settings.text("connection", key);
    if (text.isPresent() && !PROXY.matcher(text.get()).matches()) {
      settings.wrong("connection", key, "expected http://[USER:PASSWORD@]HOST[:PORT]");
    }
    return text.map(proxy -> proxy.contains("://") ? proxy : "http://" + proxy).map(Secret::new);
  }

  /** What is no part of the kitchen is removed below this path: it must not be everything. */
  private String nodeWorkPath() {
    String path = settings.text("kitchen", "node_work_path").orElse(NODE_WORK_PATH);
    String onNode = path.startsWith("~/") ? path.substring(2) : path;
    if (ABOVE_ITSELF.matcher(onNode).matches()
        || onNode.isEmpty()
        || onNode.startsWith("~")
        || onNode.startsWith("-")
        || onNode.chars().anyMatch(Character::isISOControl)) {
      settings.wrong(
          "kitchen", "node_work_path", "expected a directory of its own, e.g. " + NODE_WORK_PATH);
    }
    return onNode;
  }

  private KitchenConfig.Install install() {
    return new KitchenConfig.Install(
        settings.flag("userinfo", "autodeploy_chef"),
        settings.words("kitchen", "deploy_chef_command").orElse(List.of()),
        settings.duration("kitchen", "deploy_chef_timeout").orElse(DEPLOY_CHEF_TIMEOUT));
  }

  private KitchenConfig.Hooks hooks() {
    return new KitchenConfig.Hooks(
        phases(),
        settings.duration("hooks", "timeout").orElse(HOOK_TIMEOUT),
        settings.duration("hooks", "kill_after").orElse(KILL_AFTER),
        containerEngine(),
        AppSettings.scripts(settings, kitchen));
  }

  private Optional<String> containerEngine() {
    Optional<String> engine = settings.text("hooks", "container_engine");
    if (engine.isPresent() && !ENGINE.matcher(engine.get()).matches()) {
      settings.wrong("hooks", "container_engine", "expected docker, podman, or an absolute path");
    }
    return engine;
  }

  private SortedSet<String> phases() {
    var phases = new TreeSet<String>();
    for (String phase : settings.text("hooks", "phases").orElse("").split(",", -1)) {
      if (PHASE.matcher(phase.strip()).matches()) {
        phases.add(phase.strip());
      } else if (!phase.isBlank()) {
        settings.wrong(
            "hooks",
            "phases",
            "%s is not a phase: expected lower case letters and digits, with commas between"
                .formatted(JsonText.quoted(phase.strip())));
      }
    }
    return Collections.unmodifiableSortedSet(phases);
  }

  /** Kitchens as they are may hold anything: what is not known is a warning only. */
  private void checkKeys(IniFile file) {
    for (IniFile.Section section : file.sections()) {
      if (section.name().equals("DEFAULT")) {
        continue;
      }
      if (!ConfigKeys.sections().contains(section.name())) {
        warn(
            file.file(),
            section.place(),
            "unknown section " + JsonText.quoted(section.name()),
            Nearest.to(section.name(), ConfigKeys.sections())
                .map(near -> "did you mean [" + near + "]?"));
        continue;
      }
      for (IniFile.Entry entry : section.entries()) {
        checkKey(section.name(), entry);
      }
    }
  }

  private void checkKey(String section, IniFile.Entry entry) {
    if (!ConfigKeys.isUsed(section, entry.key())) {
      warn(
          entry.file(),
          entry.keyPlace(),
          "unknown key %s in [%s]".formatted(JsonText.quoted(entry.key()), section),
          ConfigKeys.hint(section, entry.key()));
    }
  }

  private void checkPassword() {
    settings
        .entry("userinfo", "password")
        .filter(entry -> readableByAll(kitchen.resolve(entry.file())))
        .ifPresent(entry ->
            warn(
                entry.file(),
                entry.keyPlace(),
                "holds a password, and everyone on this machine can read it",
                Optional.of("chmod 600 " + entry.file())));
  }

  private static boolean readableByAll(Path file) {
    try {
      return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException e) {
      // Nothing is known of its permissions, so nothing can be said of them.
      return false;
    }
  }

  private void warn(String file, Position at, String message, Optional<String> hint) {
    problems.add(
        Problem.warning(file, at.line(), at.column(), message).withHint(hint.orElse(null)));
  }
}
