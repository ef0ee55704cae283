package dev.kitchenhooks.chef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the archive that a node is sent. */
class ArchiveTest {
  @TempDir Path temp;
  private DeployFixture fixture;

  record Content(int mode, long owner, String text) {}

  @BeforeEach
  void makeKitchen() throws IOException {
    fixture = new DeployFixture(temp);
  }

  @Test
  void holdsTheKitchenPartsAndWhatIsGenerated() throws IOException {
    fixture.kitchen.file(".fix/history.db", "x").file("cookbooks/a/.git/config", "x");
    fixture.kitchen.file("cookbooks/a/.svn/entries", "x").file("cookbooks/a/.gitconfig", "kept");
    assertThat(entries(bytes()).keySet())
        .containsExactly(
            "cookbooks/",
            "cookbooks/a/",
            "cookbooks/a/.gitconfig",
            "data_bags/",
            "data_bags/users/",
            "data_bags/users/ann.json",
            "environments/",
            "environments/staging.json",
            "roles/",
            "roles/web.json",
            "site-cookbooks/",
            "site-cookbooks/nginx/",
            "site-cookbooks/nginx/metadata.json",
            "site-cookbooks/nginx/recipes/",
            "site-cookbooks/nginx/recipes/default.rb",
            "nodes/",
            "nodes/node1.farm.test.json",
            "node.json",
            "solo.rb",
            ".kitchen-hooks");
  }

  @Test
  void sameKitchenGivesTheSameBytes() throws IOException {
    byte[] first = bytes();
    Path role = fixture.kitchen.directory().resolve("roles/web.json");
    Files.setLastModifiedTime(role, FileTime.fromMillis(12345));
    assertThat(bytes()).isEqualTo(first);
    fixture.kitchen.role("web", "recipe[other]");
    assertThat(bytes()).isNotEqualTo(first);
  }

  @Test
  void modesAreKeptAndEverythingIsRoots() throws IOException {
    fixture.kitchen.file("cookbooks/a/run", "x").permissions("cookbooks/a/run", "rwxr-x---");
    Map<String, Content> entries = entries(bytes());
    assertThat(entries.get("cookbooks/a/run")).isEqualTo(new Content(0750, 0, "x"));
    assertThat(entries).hasEntrySatisfying("node.json", c -> assertThat(c.mode()).isEqualTo(0600));
    assertThat(entries.values()).allMatch(content -> content.owner() == 0);
  }

  @Test
  void linksAreLeftOutUnlessFollowed() throws IOException {
    Path outside = Files.createDirectories(temp.resolve("outside"));
    Files.writeString(outside.resolve("recipe.rb"), "linked");
    Path cookbooks = fixture.kitchen.directory().resolve("cookbooks");
    Files.createDirectories(cookbooks);
    Files.createSymbolicLink(cookbooks.resolve("linked"), outside);
    Files.createSymbolicLink(cookbooks.resolve("dangling"), temp.resolve("nowhere"));
    assertThat(entries(bytes()).keySet()).noneMatch(name -> name.contains("link"));
    fixture.followSymlinks = true;
    assertThat(entries(bytes()))
        .containsKey("cookbooks/linked/")
        .hasEntrySatisfying(
            "cookbooks/linked/recipe.rb", content -> assertThat(content.text()).isEqualTo("linked"))
        .doesNotContainKey("cookbooks/dangling");
  }

  @Test
  void followedLinksInALoopAreAnError() throws IOException {
    Path cookbooks = fixture.kitchen.directory().resolve("cookbooks");
    Files.createDirectories(cookbooks);
    Files.createSymbolicLink(cookbooks.resolve("loop"), cookbooks);
    fixture.followSymlinks = true;
    assertThatThrownBy(this::bytes).isInstanceOf(FileSystemLoopException.class);
  }

  @Test
  void secretIsReadableByRootAlone() throws IOException {
    Path secret = Files.writeString(temp.resolve("secret"), "s3cret");
    fixture.secret = Optional.of(secret);
    Map<String, Content> entries = entries(bytes());
    assertThat(entries.get(NodeArchive.SECRET)).isEqualTo(new Content(0600, 0, "s3cret"));
    assertThat(entries)
        .hasEntrySatisfying(
            "solo.rb", c -> assertThat(c.text()).contains("\nencrypted_data_bag_secret File"));
  }

  @Test
  void sharedPartIsPackedOnceAndHasNoNameThatACrashCouldLeave() throws IOException {
    Path directory = Files.createDirectories(temp.resolve("state"));
    try (var shared = new SharedArchive(fixture.source(), directory)) {
      SharedArchive.Packed packed = shared.packed();
      assertThat(directory).isEmptyDirectory();
      assertThat(shared.packed()).isSameAs(packed);
    }
  }

  private byte[] bytes() throws IOException {
    try (var shared = new SharedArchive(fixture.source(), temp)) {
      var out = new ByteArrayOutputStream();
      NodeArchive.of(shared.packed(), DeployFixture.facts(DeployFixture.NODE), fixture.secret)
          .writeTo(out);
      return out.toByteArray();
    }
  }

  private static Map<String, Content> entries(byte[] archive) throws IOException {
    Map<String, Content> found = new LinkedHashMap<>();
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(archive));
        var tar = new TarArchiveInputStream(gzip, StandardCharsets.UTF_8.name())) {
      TarArchiveEntry entry;
      while ((entry = tar.getNextEntry()) != null) {
        String text = new String(tar.readAllBytes(), StandardCharsets.UTF_8);
        found.put(
            entry.getName(), new Content(entry.getMode() & 0777, entry.getLongUserId(), text));
      }
    }
    return found;
  }
}
