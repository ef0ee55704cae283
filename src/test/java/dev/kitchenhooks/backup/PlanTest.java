package dev.kitchenhooks.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitchenhooks.compose.ComposeFile;
import dev.kitchenhooks.problem.Problem;
import dev.kitchenhooks.problem.Problems;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PlanTest {
  private final Problems problems = new Problems();

  @Test
  void theDocumentedExample() {
    assertThat(
            plan(
                """
                volumes:
                    pgdata:
                x-backups:
                    pgdata:
                        retention_days: 3
                """))
        .containsExactly("pgdata shop-prod_pgdata 3");
    assertThat(problems.sorted()).isEmpty();
  }

  @Test
  void anEnvironmentsEntriesReplaceThoseOfTheSameName() {
    assertThat(
            plan(
                """
                volumes: {a: , b: , c: , d: , e: }
                x-backups:
                  a: {retention_days: 3}
                  b: {retention_days: 3}
                  c: {retention_days: 3}
                  d: {retention_days: 3}
                x-prod-backups:
                  b: {retention_days: 30}
                  c:
                  d: {}
                  e: {retention_days: 7}
                x-dev-backups:
                  a: {retention_days: 1}
                """))
        .containsExactly("a shop-prod_a 3", "b shop-prod_b 30", "e shop-prod_e 7");
    assertThat(problems.sorted()).isEmpty();
  }

  @Test
  void anEnvironmentsSectionAloneCounts() {
    assertThat(plan("volumes: {a: }\nx-prod-backups: {a: {retention_days: 3}}\n"))
        .containsExactly("a shop-prod_a 3");
  }

  @Test
  void sectionsThatSayNothingAreNone() {
    assertThat(plan("volumes: {a: }\nx-backups:\nx-prod-backups:\n")).isEmpty();
    assertThat(plan("services:\n")).isEmpty();
    assertThat(problems.sorted()).isEmpty();
  }

  @Test
  void aVolumesOwnNameIsWhereItLies() {
    assertThat(
            plan(
                """
                volumes:
                  a: {name: shared-data}
                  b: {external: true}
                  c: {driver: local}
                x-backups:
                  a: {retention_days: 1}
                  b: {retention_days: 1}
                  c: {retention_days: 1}
                """))
        .containsExactly("a shared-data 1", "b b 1", "c shop-prod_c 1");
  }

  @Test
  void whatIsWrongIsSaidAtItsPlace() {
    plan(
        """
        volumes:
          data:
          logs:
        x-backups:
          dat: {retention_days: 3}
          data: {retention: 3}
          logs: {retention_days: "3"}
        x-prod-backups:
          data: 3
          logs:
            retention_days: 0
        """);

    assertThat(problems.sorted())
        .extracting(Problem::format)
        .containsExactly(
            "compose.yml:5:8: warning: there is no volume \"dat\" below volumes: (did you mean"
                + " \"data\"?)",
            "compose.yml:6:9: error: the backup of \"data\" does not say how long it is kept (for"
                + " example retention_days: 30)",
            "compose.yml:7:26: error: \"retention_days\" must be a whole number from 1 to 3650,"
                + " not \"3\"",
            "compose.yml:9:9: error: the backup of \"data\" does not say how long it is kept (for"
                + " example retention_days: 30)",
            "compose.yml:11:21: error: \"retention_days\" must be a whole number from 1 to 3650,"
                + " not 0");
  }

  private List<String> plan(String text) {
    ComposeFile compose = ComposeFile.parse("compose.yml", text, problems);
    return Plan.read(Objects.requireNonNull(compose), "shop", "prod", problems).stream()
        .map(v -> v.name() + " " + v.realName() + " " + v.retentionDays())
        .toList();
  }
}
