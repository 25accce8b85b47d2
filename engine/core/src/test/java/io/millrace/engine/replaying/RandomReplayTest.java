package io.millrace.engine.replaying;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Holds replay and wake-ups to their laws over programs and worlds made from seeds: the same
 * outcome from rows, over what earlier turns read, and after it was dropped.
 */
class RandomReplayTest {

  private static final int WORLDS = Integer.getInteger("worlds", 1_000);

  @Test
  void c3b_r22_shouldRepeatWhatWasSeenAndNeverWakeTooLate() {
    Long only = Long.getLong("seed");
    int turns = 0;
    int tooEarly = 0;
    int continued = 0;
    int evictions = 0;
    for (long seed = only == null ? 1 : only; seed <= (only == null ? WORLDS : only); seed++) {
      RandomWorld world = new RandomWorld(seed);
      try {
        world.play();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("repeat with -Dseed=" + seed, e);
      }
      turns += world.turns;
      tooEarly += world.tooEarly;
      continued += world.continued;
      evictions += world.evictions;
    }
    assertThat(only != null || turns > 4 * WORLDS).as("turns=" + turns).isTrue();
    assertThat(only != null || continued > WORLDS / 10).as("continued=" + continued).isTrue();
    assertThat(only != null || evictions > WORLDS / 10).as("evictions=" + evictions).isTrue();
    assertThat(only != null || tooEarly > WORLDS / 2).as("tooEarly=" + tooEarly).isTrue();
  }
}
