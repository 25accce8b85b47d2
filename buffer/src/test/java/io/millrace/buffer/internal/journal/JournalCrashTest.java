package io.millrace.buffer.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.testing.PlantedBug;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random walks over kills, power cuts and failing disks. {@code -Dseed=n} repeats one, {@code
 * -Dseeds=n} walks more.
 */
class JournalCrashTest {

  private static final int STEPS = 120;

  @Test
  void i1_whatWasAcknowledgedSurvivesEveryCrash() throws Exception {
    long crashes = 0;
    long copied = 0;
    long cut = 0;
    int refusedWrites = 0;
    long first = Long.getLong("seed", 1);
    long seeds = Long.getLong("seed") != null ? 1 : Long.getLong("seeds", 1500);
    for (long seed = first; seed < first + seeds; seed++) {
      CrashWalk walk = new CrashWalk(seed, PlantedBug.Kind.NONE, false);
      try {
        walk.walk(STEPS);
      } catch (Throwable e) {
        throw new AssertionError("seed=" + seed + ": " + e.getMessage(), e);
      }
      crashes += walk.crashes;
      copied += walk.copied;
      cut += walk.cut;
      refusedWrites += walk.refusedWrites;
    }
    System.out.println(
        "seeds="
            + first
            + ".."
            + (first + seeds - 1)
            + " crashes="
            + crashes
            + " copied="
            + copied
            + " cut="
            + cut
            + " failedDisks="
            + refusedWrites);
    if (seeds > 100) {
      assertThat(crashes).isGreaterThan(3 * seeds);
      assertThat(copied).isPositive();
      assertThat(cut).isPositive();
      assertThat(refusedWrites).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource(value = PlantedBug.Kind.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void shouldFindThePlantedBug(PlantedBug.Kind bug) {
    assertThat(seedThatFinds(bug, false)).isPositive();
  }

  @Test
  void i5_shouldFindThatJournalFilesGoTooEarly() {
    assertThat(seedThatFinds(PlantedBug.Kind.NONE, true)).isPositive();
  }

  private static long seedThatFinds(PlantedBug.Kind bug, boolean trimsTooEarly) {
    for (long seed = 1; seed <= 400; seed++) {
      try {
        new CrashWalk(seed, bug, trimsTooEarly).walk(STEPS);
      } catch (Throwable e) {
        System.out.println(
            "bug=" + bug + " trimsTooEarly=" + trimsTooEarly + " seed=" + seed + ": " + e);
        return seed;
      }
    }
    return 0;
  }
}
