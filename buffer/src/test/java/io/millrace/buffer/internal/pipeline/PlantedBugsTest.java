package io.millrace.buffer.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.Durability;
import io.millrace.buffer.SyncPolicy;
import io.millrace.buffer.testing.BufferSimulation;
import io.millrace.buffer.testing.Bug;
import io.millrace.buffer.testing.SimulationOracle.Violation;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The checker is only worth something if it finds what we would most fear to miss. */
@Timeout(120)
class PlantedBugsTest {

  @ParameterizedTest
  @EnumSource(value = Bug.class, mode = Mode.EXCLUDE, names = "NONE")
  void shouldFindEveryPlantedBug(Bug bug) {
    int found = 0;
    for (long seed = 1; seed <= SimulationTest.SEEDS; seed++) {
      try {
        SyncPolicy sync =
            seed % 2 == 0 ? SyncPolicy.everyBatch() : SyncPolicy.every(Duration.ofMillis(3));
        BufferSimulation.run(seed, sync, Durability.SYNCED, bug);
      } catch (Violation e) {
        found++;
      }
    }
    assertThat(found).as("seeds that found %s, of %s", bug, SimulationTest.SEEDS).isPositive();
  }
}
