package io.millrace.engine.internal.decide;

import static io.millrace.engine.internal.decide.DecideBench.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.internal.replay.ReadValues;
import io.millrace.engine.internal.replay.Wake;
import io.millrace.storage.orchestration.HistoryEvent;
import io.millrace.storage.orchestration.MemoryOrchestrationStore;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What turns have read goes from one to the next, and belongs to one at a time. */
final class HistoryLogTest {

  private static final Wake GO = new Wake.Raised("go", 1);
  private static final int MANY = 20;

  /** Runs so many turns of an instance; the next waits to be run. */
  private static void run(DecideBench bench, int turns) {
    bench.start("one");
    for (int i = 0; i < turns; i++) {
      bench.turn(waiting(GO, new HistoryEvent.EventAwaited("go")));
      bench.raise("one", "go");
    }
  }

  private static @Nullable ReadValues next(DecideBench bench) {
    return bench.turns.element().turn().read();
  }

  @Test
  void shouldKeepNothingWhileTheHistoryIsShort() throws Exception {
    DecideBench bench = new DecideBench();
    run(bench, 3);
    assertThat(next(bench)).isNull();
  }

  @Test
  void shouldHandWhatWasReadFromTurnToTurn() throws Exception {
    DecideBench bench = new DecideBench();
    run(bench, MANY);
    @Nullable ReadValues read = next(bench);
    assertThat(read).isNotNull();
    bench.turn(waiting(GO));
    bench.raise("one", "go");
    assertThat(next(bench)).isSameAs(read);
  }

  @Test
  void r27_shouldNotShareWhatWasReadWithATurnThatIsVoidAndStillRuns() throws Exception {
    DecideBench bench = new DecideBench();
    run(bench, MANY);
    TurnWork hangs = bench.turns.remove();
    bench.pipeline.decide(new TurnOverdue(bench.now, hangs));
    assertThat(next(bench)).isNotNull().isNotSameAs(hangs.turn().read());
    @Nullable ReadValues read = next(bench);
    bench.turn(waiting(GO));
    bench.complete(hangs, waiting(GO));
    bench.raise("one", "go");
    assertThat(next(bench)).isSameAs(read);
  }

  @Test
  void shouldForgetWhatWasReadWhenTheInstanceLeavesMemory() throws Exception {
    DecideBench bench = DecideBench.crowded(new MemoryOrchestrationStore(), 1);
    run(bench, MANY);
    @Nullable ReadValues read = next(bench);
    bench.turn(waiting(GO));
    bench.pipeline.flush();
    assertThat(bench.row("one")).as("has left").isNull();
    bench.raise("one", "go");
    bench.load();
    assertThat(next(bench)).isNotNull().isNotSameAs(read);
  }

  @Test
  void shouldShowThoseOfASnapshotAloneWhenMoreComes() throws Exception {
    DecideBench bench = new DecideBench();
    run(bench, MANY);
    List<?> before = bench.turns.element().turn().history();
    List<?> copy = List.copyOf(before);
    bench.turn(waiting(GO));
    bench.raise("one", "go");
    assertThat(before).isEqualTo(copy).hasSize(MANY);
    assertThat(bench.turns.element().turn().history()).hasSize(MANY + 1);
  }
}
