package io.millrace.buffer.internal.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StageThreadTest {

  /** Consumes what is offered; sleeps for ever when nothing is. */
  private static final class Counting implements Stage {

    final AtomicLong offered = new AtomicLong();
    final AtomicLong taken = new AtomicLong();
    final AtomicInteger finished = new AtomicInteger();
    final AtomicLong idleCalls = new AtomicLong();

    @Override
    public boolean step() {
      if (!ready()) {
        return false;
      }
      taken.incrementAndGet();
      return true;
    }

    @Override
    public boolean ready() {
      return taken.get() < offered.get();
    }

    @Override
    public long idle() {
      idleCalls.incrementAndGet();
      return NOTHING_DUE;
    }

    @Override
    public void finish() {
      finished.incrementAndGet();
    }
  }

  private final Counting stage = new Counting();
  private final Doorbell bell = new Doorbell();
  private final Fault fault = new Fault();

  private StageThread thread(Stage driven, int spins) {
    return new StageThread(driven, bell, fault, spins, task -> new Thread(task, "driven"));
  }

  @Test
  void shouldMissNoRing() throws Exception {
    StageThread thread = thread(stage, 0);
    thread.start();
    for (int i = 1; i <= 30_000; i++) {
      stage.offered.incrementAndGet();
      bell.ring();
      if (i % 3 == 0) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        // The sleep that a missed ring would leave it in lasts a second.
        while (stage.taken.get() < i) {
          assertThat(System.nanoTime()).isLessThan(until);
          Thread.onSpinWait();
        }
      }
    }
    thread.stop();
    assertThat(thread.join(TimeUnit.SECONDS.toNanos(10))).isTrue();
    assertThat(stage.idleCalls.get()).as("wake-ups").isLessThan(60_000);
  }

  @Test
  void shouldFinishWhatIsThereAndThenEnd() {
    stage.offered.set(100_000);
    StageThread thread = thread(stage, 100);
    thread.start();
    thread.stop();
    assertThat(thread.join(TimeUnit.SECONDS.toNanos(10))).isTrue();
    assertThat(stage.taken).hasValue(100_000);
    assertThat(stage.finished).hasValue(1);
  }

  @Test
  void shouldPoisonWhenAStageThrows() {
    IllegalStateException thrown = new IllegalStateException("a bug in a stage");
    Stage broken =
        new Stage() {
          @Override
          public boolean step() {
            throw thrown;
          }

          @Override
          public boolean ready() {
            return true;
          }

          @Override
          public long idle() {
            return NOTHING_DUE;
          }

          @Override
          public void finish() {}
        };
    StageThread thread = thread(broken, 0);
    thread.start();
    assertThat(thread.join(TimeUnit.SECONDS.toNanos(10))).isTrue();
    assertThat(fault.cause()).isSameAs(thrown);
  }
}
