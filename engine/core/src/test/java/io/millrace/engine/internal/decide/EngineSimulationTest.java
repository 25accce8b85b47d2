package io.millrace.engine.internal.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.Durability;
import org.junit.jupiter.api.Test;

class EngineSimulationTest {

  private static final long SEEDS = Long.getLong("seeds", 150);
  private static final long FIRST = Long.getLong("seed", 1);

  @Test
  void i1_shouldKeepWhatWasAcknowledgedAtEveryLevelWhenCrashing() throws Exception {
    int finished = 0;
    int runs = 0;
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      for (Durability level : Durability.values()) {
        EngineOracle oracle = EngineSimulation.run(seed, level);
        finished += oracle.finished;
        runs += oracle.runs;
      }
    }
    assertThat(finished).as("the simulation gets somewhere").isGreaterThan((int) SEEDS * 3);
    assertThat(runs).isGreaterThan(finished);
  }
}
