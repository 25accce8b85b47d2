package io.millrace.engine.internal.decide;

import static io.millrace.engine.internal.decide.DecideBench.completed;
import static io.millrace.engine.internal.decide.DecideBench.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.EngineLimits;
import io.millrace.engine.internal.replay.Wake;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.MemoryOrchestrationStore;
import io.millrace.storage.orchestration.OrchestrationStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** R21: how many timers are in memory at once. */
final class HorizonTest {

  private static final Wake FIRST = new Wake.Completion(1);
  private static final int SLEEPERS = 100;
  private static final int MOST = 16;
  private static final long LATER = 1_000_000;

  private final OrchestrationStore store = new MemoryOrchestrationStore();

  /** Leaves many asleep, a deadline every so many milliseconds. */
  private long sleepers(int spacing) throws Exception {
    DecideBench bench = DecideBench.crowded(store, 1);
    for (int i = 0; i < SLEEPERS; i++) {
      bench.start("s" + i);
      bench.turn(waiting(FIRST, new HistoryEvent.TimerCreated(10_000 + (long) i * spacing)));
    }
    bench.pipeline.flush();
    return bench.pipeline.decided();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7})
  void r21_i9_shouldTakeOverdueTimersAFewAtATimeAndMissNone(int spacing) throws Exception {
    long epoch = sleepers(spacing) + LATER;
    DecideBench bench =
        DecideBench.crowded(store, epoch, EngineLimits.defaults().withTimersAtOnceMax(MOST));
    assertThat(bench.timers).as("taken at open").hasSize(MOST);
    List<Long> deadlines = new ArrayList<>();
    HashSet<Long> numbers = new HashSet<>();
    while (numbers.size() < SLEEPERS) {
      assertThat(bench.timers).as("fired=" + numbers.size()).isNotEmpty();
      assertThat(bench.timers.size()).isLessThanOrEqualTo(MOST / 2 + MOST);
      OpenTimer next = Collections.min(bench.timers);
      bench.timers.remove(next);
      deadlines.add(next.fireAtMillis());
      assertThat(numbers.add(next.number())).as("fires once").isTrue();
      bench.fire(next);
      bench.load();
      bench.turn(completed("done"));
      bench.pipeline.flush();
      while (!bench.horizons.isEmpty()) {
        bench.stored.answer(bench.horizons.remove(), bench.pipeline::decide);
      }
    }
    assertThat(deadlines).isSorted();
    assertThat(bench.timers).isEmpty();
  }
}
