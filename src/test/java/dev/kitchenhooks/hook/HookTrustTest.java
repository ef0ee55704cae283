package dev.kitchenhooks.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookTrustTest {
  private static final String AT = "hook-defs/a.json:1:53: ";

  @TempDir Path dir;
  private TestKitchen kitchen;

  @BeforeEach
  void makeKitchen() throws IOException {
    kitchen = new TestKitchen(dir);
    kitchen.script("other");
  }

  @Test
  void anExecutableFileOfTheCallerIsTrusted() throws IOException {
    kitchen.script("sub/ok");
    assertThat(check("sub/ok")).isEmpty();
    assertThat(check("/bin/sh")).isEmpty();
  }

  @Test
  void aMissingFileIsNamedWithTheNearestOneThereIs() throws IOException {
    kitchen.script("lb-drain");
    assertThat(check("lb_drain"))
        .containsExactly(AT + "error: hooks/lb_drain does not exist (did you mean \"lb-drain\"?)");
    assertThat(check("zzz")).containsExactly(AT + "error: hooks/zzz does not exist");
    assertThat(check("/no/such")).containsExactly(AT + "error: /no/such does not exist");
  }

  @Test
  void aDirectoryThatCannotBeReadCostsOnlyTheSuggestion() throws IOException {
    Path closed = Files.createDirectories(dir.resolve("hooks/closed"));
    Files.setPosixFilePermissions(closed, Set.of());
    assumeFalse(
        Files.isReadable(closed), "needs a caller who may not read everything, as root may");
    assertThat(check("zzz")).containsExactly(AT + "error: hooks/zzz does not exist");
  }

  @Test
  void whatIsNoRegularFileIsRefused() throws IOException {
    Files.createDirectories(dir.resolve("hooks/sub"));
    Files.createSymbolicLink(dir.resolve("hooks/dead"), Path.of("nowhere"));
    assertThat(check("sub")).containsExactly(AT + "error: hooks/sub is a directory");
    assertThat(check("/dev/null")).containsExactly(AT + "error: /dev/null is no regular file");
    assertThat(check("dead")).containsExactly(AT + "error: hooks/dead is a link to nothing");
  }

  @Test
  void aFileThatIsNotExecutableIsRefused() throws IOException {
    Path file = kitchen.script("a", "#!/bin/sh\n", "rw-r--r--");
    assertThat(check("a"))
        .containsExactly(
            AT + "error: hooks/a is not executable (chmod +x " + file.toRealPath() + ")");
  }

  @Test
  void aFileOrDirectoryThatEverybodyCanChangeIsRefused() throws IOException {
    Path file = kitchen.script("sub/deep/a", "#!/bin/sh\n", "rwxr-xrwx");
    Files.setPosixFilePermissions(
        dir.resolve("hooks/sub"), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(check("sub/deep/a"))
        .containsExactly(
            AT
                + "error: hooks/sub/deep/a can be changed by everybody (chmod o-w "
                + file.toRealPath()
                + ")",
            AT
                + "error: the directory %1$s can be changed by everybody (chmod o-w %1$s)"
                    .formatted(dir.resolve("hooks/sub")));
  }

  @Test
  void theDirectoryOfALinksTargetCountsToo() throws IOException {
    Path open = Files.createDirectories(dir.resolve("hooks/open"));
    kitchen.script("open/real");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.createSymbolicLink(dir.resolve("hooks/link"), Path.of("open/real"));
    assertThat(check("link"))
        .containsExactly(
            AT
                + "error: the directory %1$s can be changed by everybody (chmod o-w %1$s)"
                    .formatted(open.toRealPath()));
  }

  @Test
  void aLinkMayNotLeadOutOfHooks() throws IOException {
    Path outside = Files.writeString(dir.resolve("outside"), "#!/bin/sh\n");
    Files.createSymbolicLink(dir.resolve("hooks/link"), outside);
    Files.createSymbolicLink(dir.resolve("hooks/up"), Path.of(".."));
    assertThat(check("link"))
        .containsExactly(
            AT
                + "error: hooks/link leads out of hooks/, to %s (a program elsewhere is given by its absolute path)"
                    .formatted(outside.toRealPath()));
    assertThat(check("up/outside")).singleElement().asString().contains("leads out of hooks/");
  }

  @Test
  void hooksItselfMayBeALink() throws IOException {
    Files.move(dir.resolve("hooks"), dir.resolve("elsewhere"));
    Files.createSymbolicLink(dir.resolve("hooks"), Path.of("elsewhere"));
    assertThat(check("other")).isEmpty();
  }

  @Test
  void aFileOfSomebodyElseIsRefused() throws IOException {
    Path file = kitchen.script("a");
    Loaded loaded = define("a", "");
    var trust = new HookTrust(dir, Set.of(4_000_000_000L));
    assertThat(TestKitchen.lines(trust.check(loaded)))
        .containsExactly(
            AT
                + "error: hooks/a belongs to %s: only programs of root or your own are run"
                    .formatted(Files.getOwner(file).getName()));
  }

  @Test
  void anInterpreterThatIsMissingIsNamed() throws IOException {
    kitchen.script("a", "#!/usr/bin/fooscript -x\n", "rwxr-xr-x");
    kitchen.script("crlf", "#!/bin/sh\r\necho\r\n", "rwxr-xr-x");
    kitchen.script("env", "#!/usr/bin/env -S no-such-interpreter-3 -u\n", "rwxr-xr-x");
    kitchen.script("fine", "#! /usr/bin/env sh\n", "rwxr-xr-x");
    kitchen.script("odd", "#!\0\n", "rwxr-xr-x");
    assertThat(check("a"))
        .containsExactly(
            AT
                + "error: hooks/a needs the interpreter \"/usr/bin/fooscript\", which does not exist");
    assertThat(check("crlf"))
        .containsExactly(
            AT
                + "error: hooks/crlf has Windows line ends: its interpreter \"/bin/sh\\r\" does not exist"
                + " (save it with LF line ends)");
    assertThat(check("env"))
        .containsExactly(
            AT
                + "warning: hooks/env needs the interpreter \"no-such-interpreter-3\", which is not in the PATH");
    assertThat(check("fine")).isEmpty();
    assertThat(check("odd")).singleElement().asString().contains("which does not exist");
  }

  @Test
  void disabledHooksGetWarningsOnly() throws IOException {
    assertThat(TestKitchen.lines(HookTrust.check(dir, define("zzz", ", \"enabled\": false"))))
        .containsExactly(AT + "warning: hooks/zzz does not exist");
  }

  private List<String> check(String exec) throws IOException {
    return TestKitchen.lines(HookTrust.check(dir, define(exec, "")));
  }

  private Loaded define(String exec, String more) throws IOException {
    kitchen.definition(
        "a.json",
        "{\"name\": \"a\", \"type\": \"node_predeployhook\", \"exec\": \"%s\"%s}"
            .formatted(exec, more));
    Loaded loaded = kitchen.load();
    assertThat(loaded.problems()).isEmpty();
    return loaded;
  }
}
