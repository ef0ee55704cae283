package dev.kitchenhooks.console;

import dev.kitchenhooks.hook.LintRule;
import dev.kitchenhooks.problem.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Problems as SARIF 2.1.0, which code reviews show beside the lines. Files are relative to the
 * repository that the kitchen lies in, as those who show them expect.
 */
public final class SarifReport {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  /** What tools call the top of a checkout. */
  private static final String BASE = "%SRCROOT%";

  private static final List<LintRule> RULES = List.of(LintRule.values());

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path kitchen;
  private final Path base;

  /**
   * @param kitchen the kitchen's directory, absolute
   */
  public SarifReport(Path kitchen) {
    this.kitchen = kitchen;
    this.base = repository(kitchen);
  }

  /**
   * The whole report.
   *
   * @param version of {@code fix}
   */
  public String of(List<Problem> problems, String version) {
    ObjectNode report = JSON.createObjectNode();
    report.put("$schema", SCHEMA);
    report.put("version", "2.1.0");
    ObjectNode run = report.putArray("runs").addObject();
    tool(run.putObject("tool").putObject("driver"), version);
    run.putObject("originalUriBaseIds")
        .putObject(BASE)
        .put("uri", withSlash(base.toUri().toString()));
    run.put("columnKind", "utf16CodeUnits");
    ArrayNode results = run.putArray("results");
    problems.forEach(problem -> result(results.addObject(), problem));
    return JSON.writeValueAsString(report);
  }

  private static void tool(ObjectNode driver, String version) {
    driver.put("name", "fix hooks lint");
    driver.put("version", version);
    ArrayNode rules = driver.putArray("rules");
    for (LintRule rule : RULES) {
      ObjectNode described = rules.addObject();
      described.put("id", rule.id());
      described.putObject("shortDescription").put("text", rule.text());
    }
  }

  private void result(ObjectNode result, Problem problem) {
    LintRule rule = LintRule.of(problem);
    result.put("ruleId", rule.id());
    result.put("ruleIndex", RULES.indexOf(rule));
    result.put("level", problem.severity().word());
    String hint = problem.hint() == null ? "" : " (" + problem.hint() + ")";
    result.putObject("message").put("text", problem.message() + hint);
    String file = problem.file();
    ArrayNode locations = result.putArray("locations");
    if (file != null) {
      ObjectNode place = locations.addObject().putObject("physicalLocation");
      artifact(place.putObject("artifactLocation"), kitchen.resolve(file).normalize());
      if (problem.line() > 0) {
        ObjectNode region = place.putObject("region");
        region.put("startLine", problem.line());
        if (problem.column() > 0) {
          region.put("startColumn", problem.column());
        }
      }
    }
  }

  private void artifact(ObjectNode artifact, Path file) {
    if (file.startsWith(base)) {
      String relative = base.relativize(file).toString();
      // What has a colon would be taken for an absolute URI.
      boolean plain = !relative.isEmpty() && relative.indexOf(':') < 0;
      artifact.put("uri", encoded(plain ? relative : "./" + relative));
      artifact.put("uriBaseId", BASE);
    } else {
      artifact.put("uri", file.toUri().toString());
    }
  }

  private static String encoded(String path) {
    try {
      return new URI(null, null, "/" + path, null).toASCIIString().substring(1);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a path is always a URI: " + path, e);
    }
  }

  private static String withSlash(String uri) {
    return uri.endsWith("/") ? uri : uri + "/";
  }

  /** The checkout that the kitchen lies in; the kitchen where there is none. */
  private static Path repository(Path kitchen) {
    for (Path at = kitchen; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"))) {
        return at;
      }
    }
    return kitchen;
  }
}
