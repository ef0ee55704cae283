package dev.kitchenhooks.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What makes one tree of another. */
class DeltaTest {
  @ParameterizedTest
  @EnumSource
  void appliedItGivesWhatIsWantedAndNothingIsSentThatIsThere(Hashing hashing) {
    for (int seed = 0; seed < 2_000; seed++) {
      var random = new Random(seed);
      RandomTree old = new RandomTree(random).grow(random.nextInt(30));
      RandomTree wanted = random.nextInt(5) == 0 ? new RandomTree(random).grow(20) : old.changed();
      Map<String, String> have = old.manifest().stamps(hashing);
      Map<String, String> want = wanted.manifest().stamps(hashing);
      Delta delta = Delta.between(have, want);

      var applied = new TreeMap<>(have);
      for (String name : delta.removed()) {
        assertThat(applied).as("seed %d: removed, and there", seed).containsKey(name);
        applied.keySet().removeIf(n -> n.equals(name) || n.startsWith(name + "/"));
      }
      for (String name : delta.sent()) {
        int slash = name.lastIndexOf('/');
        if (slash > 0) {
          assertThat(applied.get(name.substring(0, slash)))
              .as("seed %d: its directory comes first", seed)
              .startsWith("d ");
        }
        assertThat(applied.get(name))
            .as("seed %d: not as it was", seed)
            .isNotEqualTo(want.get(name));
        applied.put(name, want.get(name));
      }
      assertThat(applied).as("seed %d", seed).isEqualTo(new TreeMap<>(want));
    }
  }

  @Test
  void ofEqualTreesThereIsNone() {
    Map<String, String> stamps =
        new RandomTree(new Random(1)).grow(30).manifest().stamps(Hashing.CKSUM);
    Delta delta = Delta.between(stamps, stamps);
    assertThat(delta.removed()).isEmpty();
    assertThat(delta.sent()).isEmpty();
    assertThat(delta.removal()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void textSaysAllThatTheManifestDoes(Hashing hashing) {
    for (int seed = 0; seed < 500; seed++) {
      Manifest manifest = new RandomTree(new Random(seed)).grow(20).manifest();
      assertThat(Manifest.stamps(manifest.text(hashing)))
          .as("seed %d", seed)
          .isEqualTo(manifest.stamps(hashing));
    }
  }
}
