package dev.kitchenhooks.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CookbooksTest {
  @TempDir Path dir;

  private static Map<String, Cookbook> all(KitchenBuilder kitchen) {
    Path directory = kitchen.directory().resolve("cookbooks");
    return new Cookbooks(() -> List.of(new CookbookFolder("cookbooks", directory))).all();
  }

  private static Cookbook read(KitchenBuilder kitchen, String name) {
    return Objects.requireNonNull(all(kitchen).get(name));
  }

  @Test
  void simpleLinesOfMetadataInRubyAreRead() {
    MetadataRb metadata =
        MetadataRb.parse(
            """
            name              "acme_web"   # whose
            version IO.read('VERSION')
            description('It\\'s \\"ours\\"')
            # depends 'commented'
            depends 'nginx', '~> 2.0', "< 3"
              depends "apt"
            depends "#{prefix}_lib"
            supports 'debian'
            %w{a b}.each { |c| depends c }
            recipe 'acme_web::tls', 'With TLS'
            """);
    assertThat(metadata.value("name")).contains("acme_web");
    assertThat(metadata.value("version")).isEmpty();
    assertThat(metadata.value("description")).contains("It's \"ours\"");
    assertThat(metadata.dependencies()).isEqualTo(Map.of("nginx", "~> 2.0, < 3", "apt", ""));
    assertThat(metadata.recipes()).isEqualTo(Map.of("acme_web::tls", "With TLS"));
  }

  @Test
  void recipesAreThoseDescribedAndThoseThatHaveAFile() {
    Cookbook web =
        read(
            KitchenBuilder.in(dir)
                .file(
                    "cookbooks/web/metadata.json",
                    "{\"name\": \"web\", \"recipes\": {\"web::default\": \"All\", \"web::old\": \"x\"}}")
                .file("cookbooks/web/recipes/default.rb", "")
                .file("cookbooks/web/recipes/tls.yml", "")
                .file("cookbooks/web/recipes/.tls.rb.swp", "")
                .file("cookbooks/web/recipes/README.md", ""),
            "web");
    assertThat(web.recipes()).isEqualTo(Map.of("web", "All", "web::old", "x", "web::tls", ""));
    assertThat(web.problems()).isEmpty();
  }

  @Test
  void whatIsWrongWithOneIsSaidOfIt() {
    KitchenBuilder kitchen =
        KitchenBuilder.in(dir)
            .file("cookbooks/broken/metadata.json", "{")
            .file("cookbooks/broken/recipes/default.rb", "")
            .file("cookbooks/typed/metadata.json", "{\"version\": 1, \"attributes\": []}")
            .file("cookbooks/bare/recipes/x.rb", "")
            .file("cookbooks/.git/metadata.json", "{")
            .file("cookbooks/README", "");
    assertThat(read(kitchen, "broken").problems())
        .extracting(Problem::file)
        .containsExactly("cookbooks/broken/metadata.json");
    assertThat(read(kitchen, "broken").recipes()).containsOnlyKeys("broken");
    assertThat(read(kitchen, "typed").problems())
        .extracting(Problem::format)
        .containsExactly(
            "cookbooks/typed/metadata.json:1:13: error: \"version\" must be a string, not a number",
            "cookbooks/typed/metadata.json:1:30: error: \"attributes\" must be an object, not a"
                + " list");
    assertThat(read(kitchen, "bare").problems())
        .extracting(Problem::format)
        .containsExactly(
            "cookbooks/bare: warning: the cookbook has no metadata.json and no metadata.rb");
    assertThat(all(kitchen)).containsOnlyKeys("bare", "broken", "typed");
  }
}
