package io.millrace.engine.internal.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.Durability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EngineSimulationTest {

  private static final long SEEDS = Long.getLong("seeds", 150);
  private static final long FIRST = Long.getLong("seed", 1);

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOTHING")
  void r19_r21_shouldFindWhatIsWrongOnPurpose(Plant plant) {
    assertThatThrownBy(
            () -> {
              for (long seed = 1; seed < 1_000; seed++) {
                EngineSimulation.run(seed, Durability.APPENDED, plant);
              }
            })
        .as("plant=%s", plant)
        .satisfies(found -> System.out.println(plant + " found: " + found))
        .isInstanceOf(Throwable.class);
  }

  @Test
  void i1_r26_shouldKeepWhatWasAcknowledgedAtEveryLevelWhenCrashing() throws Exception {
    int finished = 0;
    int runs = 0;
    int shed = 0;
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      for (Durability level : Durability.values()) {
        EngineOracle oracle = EngineSimulation.run(seed, level);
        finished += oracle.finished;
        runs += oracle.runs;
        shed += oracle.shed > 0 ? 1 : 0;
      }
    }
    assertThat(finished).as("the simulation gets somewhere").isGreaterThan((int) SEEDS * 3);
    assertThat(runs).isGreaterThan(finished);
    assertThat(shed).as("histories go, in some runs").isGreaterThan((int) SEEDS);
  }
}
