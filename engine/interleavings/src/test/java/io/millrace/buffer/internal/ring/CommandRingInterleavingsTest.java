package io.millrace.buffer.internal.ring;

import io.millrace.buffer.Durability;
import io.millrace.buffer.internal.stage.Doorbell;
import io.millrace.buffer.testing.Entry;
import io.millrace.interleavings.Heard;
import io.millrace.interleavings.Interleavings;
import io.millrace.interleavings.OnFollowedThreads;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many producers, then decide, then commit, and the sweep at the end. */
@Tag("long")
@OnFollowedThreads
class CommandRingInterleavingsTest {

  @Test
  void shouldHandEachCommandToBothStagesOnceAndInOneOrder() {
    Interleavings.check(
        () -> {
          CommandRing<String, Entry> ring = new CommandRing<>(4, new Doorbell());
          List<String> decided = new ArrayList<>();
          List<String> committed = new ArrayList<>();
          Thread one = Interleavings.thread(() -> put(ring, "a", new Heard(() -> 0)));
          Thread two = Interleavings.thread(() -> put(ring, "b", new Heard(() -> 0)));
          Thread stages =
              Interleavings.thread(
                  () -> {
                    for (int i = 0; i < 2; i++) {
                      poll(ring, decided, committed);
                    }
                  });
          Interleavings.join(one, two, stages);
          poll(ring, decided, committed);
          Interleavings.require(
              decided.size() == 2 && decided.contains("a") && decided.contains("b"),
              "each was decided once, decided=" + decided);
          Interleavings.require(committed.equals(decided), "committed in the same order");
          Interleavings.require(ring.isDrained(), "nothing is left");
        });
  }

  @Test
  void r29_shouldFailOnceWhatNoStageWillTake() {
    Interleavings.check(
        () -> {
          CommandRing<String, Entry> ring = new CommandRing<>(4, new Doorbell());
          Heard first = new Heard(() -> 0);
          Heard second = new Heard(() -> 0);
          IllegalStateException closed = new IllegalStateException("closed");
          Thread one = Interleavings.thread(() -> putLate(ring, first, closed));
          Thread two = Interleavings.thread(() -> putLate(ring, second, closed));
          Thread closer = Interleavings.thread(() -> ring.sweep(closed));
          Interleavings.join(one, two, closer);
          first.mustHaveFailed();
          second.mustHaveFailed();
        });
  }

  private static void putLate(
      CommandRing<String, Entry> ring, Heard who, IllegalStateException closed) {
    put(ring, "late", who);
    ring.sweep(closed);
  }

  private static void put(CommandRing<String, Entry> ring, String command, Heard who) {
    Interleavings.require(ring.tryPut(command, 1, Durability.SYNCED, who, true), "there is room");
  }

  private static void poll(
      CommandRing<String, Entry> ring, List<String> decided, List<String> committed) {
    try {
      ring.pollDecide((slot, sequence, end) -> decided.add(slot.command()));
      ring.pollCommit((slot, sequence, end) -> committed.add(slot.command()));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
