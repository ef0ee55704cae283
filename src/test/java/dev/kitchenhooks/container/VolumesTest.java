package dev.kitchenhooks.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kitchenhooks.problem.FixException;
import dev.kitchenhooks.testkit.DockerEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumesTest {
  @TempDir Path dir;

  private Volumes at(String dockerHost) {
    Map<String, String> variables = new HashMap<>(System.getenv());
    variables.put("DOCKER_HOST", dockerHost);
    return new Volumes(Optional.of("docker"), variables, dir);
  }

  @Test
  void aVolumeIsADirectoryBelowTheRoot() throws IOException {
    DockerEngine docker = DockerEngine.shared();
    String name = "volumes-test-" + UUID.randomUUID();
    docker.docker("volume", "create", name);
    Volumes volumes = at(docker.host());

    Path root = volumes.root();

    assertThat(volumes.find(name))
        .isEqualTo(new Volumes.Directory(root.resolve(name).resolve("_data")));
    assertThat(volumes.find(name.substring(1)))
        .isEqualTo(new Volumes.Absent("docker has no volume " + name.substring(1)));
    docker.docker("volume", "rm", name);
  }

  @Test
  void anEngineThatIsAwayHasNeitherVolumesNorNone() {
    DockerEngine.shared();
    Volumes volumes = at("unix://" + dir.resolve("no.sock"));

    assertThatExceptionOfType(FixException.class)
        .isThrownBy(() -> volumes.find("x"))
        .withMessageContaining("docker does not answer: ");
    assertThatExceptionOfType(FixException.class)
        .isThrownBy(volumes::root)
        .withMessageContaining("docker does not answer: ");
  }

  @Test
  void aVolumeOfAnotherMachineIsNotTakenForOneOfThisOne() throws IOException {
    Path engine = dir.resolve("engine");
    Files.writeString(engine, "#!/bin/sh\necho fix:/not/on/this/machine\n");
    assertThat(engine.toFile().setExecutable(true)).isTrue();
    var volumes = new Volumes(Optional.of(engine.toString()), System.getenv(), dir);

    assertThatExceptionOfType(FixException.class)
        .isThrownBy(() -> volumes.find("x"))
        .withMessage(
            "the volume x is at /not/on/this/machine, which cannot be read on this machine");
  }

  @Test
  void podmanSaysItsRootInItsOwnWay() throws IOException {
    Path engine = dir.resolve("engine");
    Files.writeString(
        engine,
        """
        #!/bin/sh
        case $3 in *VolumePath*) echo fix:/var/lib/containers/storage/volumes ;; *) exit 125 ;; esac
        """);
    assertThat(engine.toFile().setExecutable(true)).isTrue();

    assertThat(new Volumes(Optional.of(engine.toString()), System.getenv(), dir).root())
        .isEqualTo(Path.of("/var/lib/containers/storage/volumes"));
  }
}
