package dev.kitchenhooks.seeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.seeds.SeedKitchen.Ran;
import dev.kitchenhooks.testkit.DockerEngine;
import dev.kitchenhooks.testkit.FixResult;
import dev.kitchenhooks.testkit.SshKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Porter's {@code hooks:} examples: Dockerfiles, whitelisted environment, plugins, order,
 * concurrency, run conditions, user-defined hooks.
 */
@Timeout(180)
class PorterTest {
  private static final String NODE = "node:service.example.com";

  @TempDir Path scratch;
  private SeedKitchen kitchen;

  @BeforeEach
  void start() throws IOException {
    kitchen =
        SeedKitchen.copy("porter", scratch.resolve("kitchen"))
            .with("DOCKER_HOST", DockerEngine.shared().host());
    String says = "FROM tiny\nENTRYPOINT [\"/bin/echo\", \"%s\"]\n";
    repository(
        "porter-contrib-foo",
        List.of("foo-pre.json", "foo-post.json", "foo-both.json"),
        "pre-pack",
        says.formatted("foo before"),
        "post-pack",
        says.formatted("foo after"),
        "pack",
        "#!/bin/sh\necho \"$FIX_HOOK_TYPE $*\"\n");
    repository("porter-contrib-bar", List.of("bar.json"), "Dockerfile", says.formatted("bar"));
    repository(
        "repo", List.of("alert_the_operator.json"), "path/to/Dockerfile", says.formatted("alert:"));
    SshKeys.run(List.of("mkfifo", kitchen.directory().resolve("meeting").toString()));
    FixResult update = kitchen.fix("hooks", "update");
    assertThat(update.exit()).as(update.out() + update.err()).isZero();
  }

  /**
   * Makes a repository with the tag v1.0.0, and lets definitions have it in the place of theirs.
   */
  private void repository(String name, List<String> definitions, String... pathsAndTexts)
      throws IOException {
    Path work = Files.createDirectories(scratch.resolve(name));
    for (int i = 0; i < pathsAndTexts.length; i += 2) {
      Path file = work.resolve(pathsAndTexts[i]);
      Files.createDirectories(file.getParent());
      Files.writeString(file, pathsAndTexts[i + 1]);
      file.toFile().setExecutable(pathsAndTexts[i + 1].startsWith("#!"), false);
    }
    String[] me = {"-c", "user.name=x", "-c", "user.email=x@example.com"};
    git(work, "init", "-q", "-b", "main");
    git(work, "add", "-A");
    git(work, me[0], me[1], me[2], me[3], "commit", "-qm", "first");
    git(work, "tag", "v1.0.0");
    for (String definition : definitions) {
      Path file = kitchen.directory().resolve("hook-defs").resolve(definition);
      Files.writeString(
          file,
          Files.readString(file)
              .replaceAll("\"repo\": \"[^\"]*\"", "\"repo\": \"file://" + work + "\""));
    }
  }

  private static void git(Path work, String... words) throws IOException {
    var command = new ArrayList<>(List.of("git", "-C", work.toString()));
    command.addAll(List.of(words));
    SshKeys.run(command);
  }

  private Ran build(String phase, String... command) {
    var words = new ArrayList<>(List.of("wrap", "--phase", phase, NODE, "--"));
    words.addAll(List.of(command));
    return kitchen.run(words.toArray(String[]::new));
  }

  @Test
  void aHookIsADockerfileThatSeesTheWhitelistedEnvironmentAndMayWriteToTheRepository() {
    kitchen.with("BAZ", "from the caller").with("QUX", "not for hooks");

    Ran ran = build("pack", "/bin/cat", kitchen.directory().resolve("packed").toString());

    assertThat(ran.exit()).as(ran.result().out()).isZero();
    assertThat(ran.output("pre_pack")).endsWith("FOO=bar BAZ=from the caller");
    assertThat(kitchen.directory().resolve("packed")).hasContent("packed by pre_pack\n");
  }

  @Test
  void whatTheCallerHasNotSetStaysUnset() {
    assertThat(build("pack", "/bin/true").output("pre_pack")).endsWith("FOO=bar BAZ=unset");
  }

  @Test
  void aPluginServesTwoPhases() {
    Ran ran = build("pack", "/bin/true");

    assertThat(ran.output("porter-contrib-foo before")).endsWith("foo before service.example.com");
    assertThat(ran.output("porter-contrib-foo"))
        .containsExactly(
            "global_prepackhook service.example.com", "global_postpackhook 0 service.example.com");
    assertThat(ran.output("porter-contrib-foo after")).endsWith("foo after 0 service.example.com");
    assertThat(ran.output("porter-contrib-bar")).endsWith("bar 0 service.example.com");
  }

  @Test
  void serialOnesAreBarriersOnBothSidesOfConcurrentOnes() {
    Ran ran = build("provision", "/bin/true");

    assertThat(ran.exit()).as(ran.result().out()).isZero();
    List<String> pre = ran.order().stream().filter(e -> e.contains("provision ")).toList();
    assertThat(pre.subList(0, 2)).containsExactly("+provision 1-serial", "-provision 1-serial");
    assertThat(pre.subList(2, 6))
        .containsExactlyInAnyOrder(
            "+provision 2-concurrent",
            "+provision 3-concurrent",
            "-provision 2-concurrent",
            "-provision 3-concurrent");
    assertThat(pre.subList(6, 8)).containsExactly("+provision 4-serial", "-provision 4-serial");
  }

  @Test
  void runConditionsDecideByTheCommand() {
    assertThat(post(build("provision", "/bin/true")))
        .containsExactly("post_provision always: 0", "post_provision pass: 0");

    Ran failed = build("provision", "/bin/false");
    assertThat(post(failed)).containsExactly("post_provision always: 0", "post_provision fail: 0");
    assertThat(failed.exit()).isEqualTo(1);
  }

  @Test
  void withoutARunConditionPostHooksOfPorterRunAfterASuccessOnly() {
    assertThat(build("pack", "/bin/false").hooks())
        .containsExactly("porter-contrib-foo: 0", "porter-contrib-foo before: 0", "pre_pack: 0");
  }

  @Test
  void aFailingPreHookStopsTheCommandAndNoPostHookIsCalled() throws IOException {
    kitchen.program("hooks/step", "#!/bin/sh", "exit 1");

    Ran ran = build("provision", "/bin/true");

    assertThat(ran.hooks()).containsExactly("provision 1-serial: 1");
    assertThat(ran.exit()).isEqualTo(3);
  }

  @Test
  void aUserDefinedHookRunsOnlyWhenItIsCalled() {
    assertThat(build("promote", "/bin/true").hooks()).isEmpty();

    FixResult alert =
        kitchen.fix("hooks", "run", "alert_the_operator", "--node", "service.example.com");

    assertThat(alert.exit()).as(alert.err()).isZero();
    assertThat(alert.out()).contains("alert: service.example.com");
  }

  private static List<String> post(Ran ran) {
    return ran.hooks().stream().filter(h -> h.startsWith("post_")).toList();
  }
}
