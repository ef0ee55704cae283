package dev.kitchenhooks.kitchen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class AttributeMergeTest {
  private static final int CASES = 3_000;
  private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  @Test
  void listsUniteWithinALevelAndAreReplacedBetweenLevels() {
    List<ObjectNode> sources =
        List.of(json("{'a': [1, 2, 2], 'b': {'c': 1}}"), json("{'a': [2, 3], 'b': {'d': null}}"));
    assertThat(AttributeMerge.withinLevel(sources))
        .isEqualTo(json("{'a': [1, 2, 3], 'b': {'c': 1, 'd': null}}"));
    assertThat(AttributeMerge.ofLevels(sources))
        .isEqualTo(json("{'a': [2, 3], 'b': {'c': 1, 'd': null}}"));
  }

  @Test
  void aValueOfAnotherKindReplacesAllThatWasThere() {
    List<ObjectNode> sources =
        List.of(json("{'a': {'x': 1}}"), json("{'a': [1]}"), json("{'a': {'y': 2}}"));
    assertThat(AttributeMerge.withinLevel(sources)).isEqualTo(json("{'a': {'y': 2}}"));
    assertThat(AttributeMerge.ofLevels(sources)).isEqualTo(json("{'a': {'y': 2}}"));
  }

  @Test
  void isWhatANaiveOracleSays() {
    for (long seed = 0; seed < CASES; seed++) {
      var random = new Random(seed);
      List<ObjectNode> sources = new ArrayList<>();
      for (int i = random.nextInt(6); i >= 0; i--) {
        sources.add(object(random, 3));
      }
      List<JsonNode> before = sources.stream().map(JsonNode::deepCopy).toList();
      assertThat(AttributeMerge.withinLevel(sources))
          .as("seed %d, within a level of %s", seed, sources)
          .isEqualTo(MergeOracle.merged(sources, true));
      assertThat(AttributeMerge.ofLevels(sources))
          .as("seed %d, between levels of %s", seed, sources)
          .isEqualTo(MergeOracle.merged(sources, false));
      assertThat(sources).as("seed %d: sources are left as they are", seed).isEqualTo(before);
    }
  }

  private static ObjectNode object(Random random, int depth) {
    ObjectNode object = MAKE.objectNode();
    for (int i = random.nextInt(4); i > 0; i--) {
      object.set(String.valueOf((char) ('a' + random.nextInt(3))), value(random, depth));
    }
    return object;
  }

  private static JsonNode value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 5 : 3)) {
      case 0 -> MAKE.numberNode(random.nextInt(3));
      case 1 -> MAKE.nullNode();
      case 2 -> list(random);
      default -> object(random, depth - 1);
    };
  }

  private static ArrayNode list(Random random) {
    ArrayNode list = MAKE.arrayNode();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(random.nextInt(4));
    }
    return list;
  }
}
