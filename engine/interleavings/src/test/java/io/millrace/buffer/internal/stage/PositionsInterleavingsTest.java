package io.millrace.buffer.internal.stage;

import io.millrace.interleavings.Interleavings;
import io.millrace.interleavings.OnFollowedThreads;
import org.junit.jupiter.api.Test;

/** Rule R1 as another thread sees it, and as each stage must find it before it goes on. */
@OnFollowedThreads
class PositionsInterleavingsTest {

  @Test
  void r1_shouldShowTheLevelsInOrderToWhoeverReadsTheLowerFirst() {
    Interleavings.check(
        () -> {
          Positions positions = new Positions(0, 0, 0);
          Thread stages =
              Interleavings.thread(
                  () -> {
                    positions.decided(1);
                    positions.appended(1, 8);
                    positions.synced(1);
                    positions.decided(2);
                    positions.appended(2, 8);
                  });
          Thread flush =
              Interleavings.thread(
                  () -> {
                    long synced = positions.synced();
                    positions.applied(synced, synced * 8);
                    positions.durable(synced);
                  });
          Thread reader =
              Interleavings.thread(
                  () -> {
                    long durable = positions.durable();
                    long applied = positions.applied();
                    long synced = positions.synced();
                    long appended = positions.appended();
                    long decided = positions.decided();
                    Interleavings.require(durable <= applied, "durable <= applied");
                    Interleavings.require(applied <= synced, "applied <= synced");
                    Interleavings.require(synced <= appended, "synced <= appended");
                    Interleavings.require(appended <= decided, "appended <= decided");
                  });
          Interleavings.join(stages, flush, reader);
        });
  }

  @Test
  void i9_shouldNeverShowLessLagThanThereIs() {
    Interleavings.check(
        () -> {
          Positions positions = new Positions(0, 0, 0);
          positions.decided(1);
          positions.appended(1, 8);
          positions.synced(1);
          Thread commit =
              Interleavings.thread(
                  () -> {
                    positions.decided(2);
                    positions.appended(2, 16);
                  });
          Thread flush = Interleavings.thread(() -> positions.applied(1, 8));
          Thread reader =
              Interleavings.thread(
                  () -> {
                    boolean second = positions.appended() == 2;
                    Interleavings.require(positions.lagBytes() >= (second ? 16 : 0), "no less lag");
                  });
          Interleavings.join(commit, flush, reader);
          Interleavings.require(positions.lagBytes() == 16, "the lag of the second record");
        });
  }
}
