package dev.kitchenhooks.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.apphook.AppMoment;
import dev.kitchenhooks.testkit.DockerEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grafana's directory as a volume of a real engine. */
class MonitoringVolumeTest {
  @TempDir Path kitchen;

  @Test
  void theDashboardIsWrittenIntoTheVolumeOnceItIsThere() throws Exception {
    DockerEngine engine = DockerEngine.shared();
    var calls =
        new MonitoringCalls(
            kitchen, Map.of("DOCKER_HOST", engine.host(), "PATH", System.getenv("PATH")));
    String volume = "grafana_test";
    calls.conf("monitoring.json", "{\"volume\": \"%s\"}".formatted(volume));
    calls.run(AppMoment.POST_DEPLOY, "shop", "prod");
    assertThat(calls.said).containsExactly("no dashboard: docker has no volume " + volume);

    engine.docker("volume", "create", volume);
    try {
      Path directory =
          Path.of(
              engine.docker("volume", "inspect", "--format", "{{.Mountpoint}}", volume).strip());
      Files.createDirectory(directory.resolve("dashboards"));
      calls.run(AppMoment.POST_DEPLOY, "shop", "prod");
      Path dashboard = directory.resolve("dashboards/shop_services.json");
      assertThat(dashboard).content().contains("Shop services for Prod environment");
      calls.run(AppMoment.POST_UNDEPLOY, "shop", "prod");
      assertThat(dashboard).doesNotExist();
    } finally {
      engine.docker("volume", "rm", volume);
    }
  }
}
