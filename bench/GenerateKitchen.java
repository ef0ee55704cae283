import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Writes a big company's kitchen: {@code java GenerateKitchen.java DIRECTORY NODES DEFINITIONS
 * SEED}. The same seed gives the same kitchen. Roles nest two deep; a definition filters by roles,
 * environment, tags or node names, as real ones do, so that about ten hooks match a node.
 */
final class GenerateKitchen {
  private static final List<String> ENVIRONMENTS =
      List.of("development", "integration", "staging", "production");
  private static final List<String> SITES =
      List.of("ams", "dub", "fra", "iad", "lhr", "nrt", "sin", "syd");
  private static final List<String> DUTIES =
      List.of("web", "api", "db", "cache", "queue", "search", "batch", "edge", "mail", "log");
  private static final int ROLES = 200;

  private final Path kitchen;
  private final Random random;

  private GenerateKitchen(Path kitchen, long seed) {
    this.kitchen = kitchen;
    this.random = new Random(seed);
  }

  public static void main(String[] args) throws IOException {
    var generator = new GenerateKitchen(Path.of(args[0]), Long.parseLong(args[3]));
    generator.skeleton();
    generator.roles();
    generator.nodes(Integer.parseInt(args[1]));
    generator.definitions(Integer.parseInt(args[2]));
  }

  private void skeleton() throws IOException {
    for (String directory :
        List.of("data_bags", "cookbooks/base/recipes", "site-cookbooks", "hooks")) {
      Files.createDirectories(kitchen.resolve(directory));
    }
    write("littlechef.cfg", "[userinfo]\nuser = deploy\n[kitchen]\nnode_work_path = chef\n");
    write("cookbooks/base/metadata.rb", "name 'base'\nversion '1.0.0'\n");
    write("cookbooks/base/recipes/default.rb", "");
    for (String environment : ENVIRONMENTS) {
      write(
          "environments/" + environment + ".json",
          "{\"name\": \"%s\", \"description\": \"\"}%n".formatted(environment));
    }
    for (String duty : DUTIES) {
      Path hook = write("hooks/" + duty + ".sh", "#!/bin/sh\nexit 0\n");
      Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /** The first quarter are plain; each of the others includes one of those. */
  private void roles() throws IOException {
    for (int role = 0; role < ROLES; role++) {
      String runList =
          role < ROLES / 4
              ? "\"recipe[base]\""
              : "\"role[%s]\", \"recipe[base]\"".formatted(role(random.nextInt(ROLES / 4)));
      write(
          "roles/" + role(role) + ".json",
          "{\"name\": \"%s\", \"json_class\": \"Chef::Role\", \"chef_type\": \"role\", \"run_list\": [%s]}%n"
              .formatted(role(role), runList));
    }
  }

  private void nodes(int count) throws IOException {
    for (int node = 0; node < count; node++) {
      String tags = random.nextInt(5) == 0 ? ", \"tags\": [\"%s\"]".formatted(pick(SITES)) : "";
      write(
          "nodes/" + node(node) + ".json",
          "{\"chef_environment\": \"%s\", \"run_list\": [\"role[%s]\", \"role[%s]\"]%s}%n"
              .formatted(
                  pick(ENVIRONMENTS),
                  role(random.nextInt(ROLES)),
                  role(random.nextInt(ROLES)),
                  tags));
    }
  }

  private void definitions(int count) throws IOException {
    for (int definition = 0; definition < count; definition++) {
      String moment = random.nextBoolean() ? "pre" : "post";
      String scope = random.nextInt(50) == 0 ? "global" : "node";
      write(
          "hook-defs/%04d.json".formatted(definition),
          """
          {
            "name": "hook-%04d",
            "description": "Generated",
            "type": "%s_%sdeployhook",
            "exec": "%s.sh",
            "args": ["--site", "%s"],
            "weight": %d,
            "filters": {%s}
          }
          """
              .formatted(
                  definition,
                  scope,
                  moment,
                  pick(DUTIES),
                  pick(SITES),
                  random.nextInt(5),
                  filters()));
    }
  }

  private String filters() {
    return switch (random.nextInt(4)) {
      case 0 ->
          "\"chef_environment\": [\"%s\"], \"roles\": [\"%s\"]"
              .formatted(pick(ENVIRONMENTS), role(random.nextInt(ROLES)));
      case 1 -> "\"roles\": [%s]".formatted(quotedRoles(2));
      case 2 -> "\"tags\": [\"%s\"], \"roles\": [\"%s-*\"]".formatted(pick(SITES), pick(DUTIES));
      default ->
          "\"nodes\": [\"%s-%s-*\", \"!*7.example.com\"]".formatted(pick(SITES), pick(DUTIES));
    };
  }

  private String quotedRoles(int count) {
    return random
        .ints(0, ROLES)
        .distinct()
        .limit(count)
        .mapToObj(role -> "\"" + role(role) + "\"")
        .collect(Collectors.joining(", "));
  }

  private static String role(int number) {
    return DUTIES.get(number % DUTIES.size()) + "-" + number;
  }

  private static String node(int number) {
    return "%s-%s-%05d.example.com"
        .formatted(
            SITES.get(number % SITES.size()),
            DUTIES.get(number / SITES.size() % DUTIES.size()),
            number);
  }

  private String pick(List<String> values) {
    return values.get(random.nextInt(values.size()));
  }

  private Path write(String path, String text) throws IOException {
    Path file = kitchen.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
