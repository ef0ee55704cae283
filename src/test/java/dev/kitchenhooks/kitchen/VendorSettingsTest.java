package dev.kitchenhooks.kitchen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kitchenhooks.kitchen.KitchenConfig.Vendoring;
import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.testkit.KitchenBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VendorSettingsTest {
  @TempDir Path dir;

  private Kitchen kitchen(String... lines) {
    return Kitchen.open(KitchenBuilder.in(dir).cfg(lines).directory());
  }

  private List<String> errors(String... lines) {
    return catchThrowableOfType(FixException.class, () -> kitchen(lines).config())
        .problems()
        .stream()
        .map(Problem::format)
        .toList();
  }

  @Test
  void ownCookbooksCountMoreThanVendoredOnes() {
    assertThat(kitchen().cookbookFolders())
        .extracting(CookbookFolder::name)
        .containsExactly("cookbooks", "site-cookbooks");
    assertThat(kitchen("[kitchen]", "berksfile = ./Berksfile").cookbookFolders())
        .containsExactly(
            new CookbookFolder("berks-cookbooks", dir.resolve("berks-cookbooks")),
            new CookbookFolder("cookbooks", dir.resolve("cookbooks")),
            new CookbookFolder("site-cookbooks", dir.resolve("site-cookbooks")));
  }

  @Test
  void theDirectoryMayLieAnywhereAndBeFilledBySomebodyElse() {
    assertThat(config("berksfile_cookbooks_directory = ./vendored/").vendoredCookbooks())
        .contains(new CookbookFolder("vendored", dir.resolve("vendored")));
    assertThat(config("berksfile_cookbooks_directory = /srv/cookbooks").vendoredCookbooks())
        .contains(new CookbookFolder("berks-cookbooks", Path.of("/srv/cookbooks")));
    assertThat(config("berksfile_cookbooks_directory = tmp/vendored").vendoredCookbooks())
        .contains(new CookbookFolder("berks-cookbooks", dir.resolve("tmp/vendored")));
    assertThat(config("berksfile_cookbooks_directory = x").vendoring()).isEmpty();
  }

  private KitchenConfig config(String line) {
    return kitchen("[kitchen]", line).config();
  }

  @Test
  void theToolAndItsLimit() {
    assertThat(config("berksfile = Berksfile").vendoring())
        .contains(
            new Vendoring(
                Vendoring.Source.BERKSHELF,
                dir.resolve("Berksfile"),
                List.of(),
                Duration.ofMinutes(15)));
    assertThat(
            kitchen(
                    "[kitchen]",
                    "policyfile = Policyfile.rb",
                    "vendor_command = bundle exec 'chef cli' {directory}",
                    "vendor_timeout = 1m")
                .config()
                .vendoring())
        .contains(
            new Vendoring(
                Vendoring.Source.POLICYFILE,
                dir.resolve("Policyfile.rb"),
                List.of("bundle", "exec", "chef cli", "{directory}"),
                Duration.ofMinutes(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "/", "cookbooks", "site-cookbooks/x", "nodes", ".fix/x"})
  void theDirectoryIsNothingElse(String directory) {
    assertThat(errors("[kitchen]", "berksfile_cookbooks_directory = " + directory))
        .containsExactly(
            "littlechef.cfg:2:33: error: berksfile_cookbooks_directory: expected a directory of its"
                + " own, for all in it is replaced");
  }

  @Test
  void twoSourcesExcludeEachOther() {
    assertThat(errors("[kitchen]", "berksfile = Berksfile", "policyfile = Policyfile.rb"))
        .containsExactly(
            "littlechef.cfg:3:14: error: policyfile: there is a berksfile already; leave one of them"
                + " out");
  }

  @Test
  void proxiesAreUrlsAndSecret() {
    KitchenConfig config =
        kitchen(
                "[connection]",
                "http_proxy = http://me:hunter2@proxy.example.com:3128",
                "https_proxy = proxy.example.com:3129")
            .config();
    assertThat(config.proxies().http())
        .contains(new Secret("http://me:hunter2@proxy.example.com:3128"));
    assertThat(config.proxies().https()).contains(new Secret("http://proxy.example.com:3129"));
    assertThat(config.toString()).doesNotContain("hunter2");
    assertThat(errors("[connection]", "http_proxy = ftp://x", "https_proxy = http://a b"))
        .containsExactly(
            "littlechef.cfg:2:14: error: http_proxy: expected http://[USER:PASSWORD@]HOST[:PORT]",
            "littlechef.cfg:3:15: error: https_proxy: expected http://[USER:PASSWORD@]HOST[:PORT]");
  }

  @Test
  void chefIsInstalledWhereAsked() {
    assertThat(kitchen().config().install().automatic()).isFalse();
    assertThat(kitchen("[userinfo]", "autodeploy_chef = yes").config().install().automatic())
        .isTrue();
  }
}
