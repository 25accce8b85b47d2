package io.millrace.buffer.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.buffer.Durability;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.FlushPreset;
import io.millrace.buffer.testing.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A flush policy never changes what you can lose: one script, one crash, the same survivors. */
class FlushPolicySurvivalTest {

  private static final int WRITES = 60;

  private static List<FlushPolicy> policies() {
    List<FlushPolicy> policies = new ArrayList<>();
    Stream.of(FlushPreset.values()).map(FlushPreset::policy).forEach(policies::add);
    policies.add(FlushPolicy.adaptive(Duration.ofMillis(7)));
    policies.add(FlushPolicy.count(13));
    policies.add(FlushPolicy.bytes(900));
    return policies;
  }

  /** Writes, deletes, flushes as the policy says; the last three writes are never committed. */
  private static Map<Long, Long> survivors(
      FlushPolicy policy, int crashAfter, Function<Rig, Rig> crash) {
    Rig rig = Rig.stepped(options -> options.flushPolicy(policy));
    Map<Long, Long> acknowledged = new TreeMap<>();
    for (int i = 0; i < crashAfter; i++) {
      Heard heard =
          i % 5 == 4
              ? rig.submit(Durability.SYNCED, Entry.delete(i - 2))
              : rig.submit(Durability.SYNCED, Entry.insert(i, 7L * i));
      rig.decide();
      rig.commit();
      rig.flush();
      rig.clock.advance(Duration.ofMillis(3));
      rig.flush();
      assertThat(heard.success()).isTrue();
      if (i % 5 == 4) {
        acknowledged.remove((long) i - 2);
      } else {
        acknowledged.put((long) i, 7L * i);
      }
    }
    for (int i = 0; i < 3; i++) {
      rig.submit(Durability.SYNCED, Entry.insert(1_000 + i, i));
      rig.decide();
    }
    Rig after = crash.apply(rig);
    Map<Long, Long> rows = after.store.rows();
    assertThat(rows).as("policy=%s crashAfter=%d", policy, crashAfter).isEqualTo(acknowledged);
    return rows;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 17, 30, 31, 48, WRITES})
  void shouldLeaveTheSameWhateverThePolicyWhenTheProcessIsKilled(int crashAfter) {
    assertThat(policies().stream().map(each -> survivors(each, crashAfter, Rig::afterKill)))
        .containsOnly(survivors(FlushPolicy.manual(), crashAfter, Rig::afterKill));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldLeaveTheSameWhateverThePolicyWhenThePowerFails(long seed) {
    int crashAfter = (int) (seed * 7 % WRITES) + 1;
    Function<Rig, Rig> cut = rig -> rig.afterPowerCut(seed);
    assertThat(policies().stream().map(each -> survivors(each, crashAfter, cut)))
        .containsOnly(survivors(FlushPolicy.manual(), crashAfter, cut));
  }
}
