package io.millrace.buffer.internal.pipeline;

import io.millrace.buffer.BackpressurePolicy;
import io.millrace.buffer.BufferClosedException;
import io.millrace.buffer.BufferFailedException;
import io.millrace.buffer.BufferOptions;
import io.millrace.buffer.Durability;
import io.millrace.buffer.internal.ring.CommandRing;
import io.millrace.buffer.internal.ring.Permits;
import io.millrace.buffer.internal.ring.Slot;
import io.millrace.buffer.internal.stage.Doorbell;
import io.millrace.buffer.internal.stage.Fault;
import io.millrace.buffer.internal.stage.Positions;
import io.millrace.buffer.internal.stage.Waiters;
import io.millrace.buffer.testing.Entry;
import io.millrace.interleavings.Heard;
import io.millrace.interleavings.Interleavings;
import io.millrace.interleavings.OnFollowedThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A command against the end of the pipeline: submit, poison and close meet in every order, and
 * whoever handed something in learns what became of it, once.
 */
@Tag("long")
@OnFollowedThreads
class CommandGateInterleavingsTest {

  private static final BufferOptions OPTIONS = BufferOptions.builder().build();

  @Test
  void r29_shouldRefuseOrAnswerACommandThatMeetsTheClose() {
    Interleavings.check(
        () -> {
          Rig rig = new Rig(2);
          Heard heard = new Heard(() -> 1);
          AtomicBoolean refused = new AtomicBoolean();
          Thread client = Interleavings.thread(() -> refused.set(rig.isRefused("a", heard)));
          Thread closer =
              Interleavings.thread(
                  () -> {
                    rig.admission.refuseAll();
                    rig.permits.wakeAll();
                    rig.stages();
                    rig.gate.sweep();
                  });
          Interleavings.join(client, closer);
          rig.mustHaveAnswered(heard, refused.get());
        });
  }

  @Test
  void i6_shouldRefuseOrAnswerACommandThatMeetsAFault() {
    Interleavings.check(
        () -> {
          Rig rig = new Rig(2);
          Heard heard = new Heard(() -> 1);
          AtomicBoolean refused = new AtomicBoolean();
          Thread client = Interleavings.thread(() -> refused.set(rig.isRefused("a", heard)));
          Thread commit =
              Interleavings.thread(
                  () -> {
                    rig.fault.poison(new IOException("disk"));
                    rig.permits.wakeAll();
                    rig.stages();
                  });
          Interleavings.join(client, commit);
          rig.stages();
          rig.mustHaveAnswered(heard, refused.get());
        });
  }

  @Test
  void i10_shouldNeverHoldACommandOfTheProcessBehindClients() {
    Interleavings.check(
        () -> {
          Rig rig = new Rig(1);
          Heard first = new Heard(() -> 1);
          rig.gate.submit("first", 1, Durability.SYNCED, first);
          Heard second = new Heard(() -> 1);
          Thread client = Interleavings.thread(() -> rig.isRefused("second", second));
          // Nobody decides yet: the permits are gone, and what drains work comes in all the same.
          Thread worker = Interleavings.thread(() -> rig.gate.publish("completion"));
          Interleavings.join(worker);
          Thread stages = Interleavings.thread(rig::stages);
          Interleavings.join(client, stages);
          rig.stages();
          first.mustHaveHeard();
          second.mustHaveHeard();
          Interleavings.require(rig.permits.commandsInUse() == 0, "all permits are back");
        });
  }

  @Test
  void shouldHandInOrFailEachDeferredCommandOnce() {
    Interleavings.check(
        () -> {
          DeferredCommands<String> deferred = new DeferredCommands<>();
          Heard heard = new Heard(() -> 1);
          AtomicBoolean taken = new AtomicBoolean();
          String command = "waits for a load";
          CommandRing<String, Entry> ring = new CommandRing<>(2, new Doorbell());
          ring.tryPut(command, 1, Durability.SYNCED, heard, true);
          Thread decide =
              Interleavings.thread(
                  () ->
                      poll(
                          () ->
                              ring.pollDecide(
                                  (slot, sequence, end) -> {
                                    deferred.put(slot);
                                    return true;
                                  })));
          Thread loader = Interleavings.thread(() -> taken.set(deferred.take(command) != null));
          Thread closer =
              Interleavings.thread(() -> deferred.end(new IllegalStateException("closed")));
          Interleavings.join(decide, loader, closer);
          Interleavings.require(heard.times() == (taken.get() ? 0 : 1), "handed in or told, once");
        });
  }

  @Test
  void r25_shouldKeepTheHighestForceThatWasAskedFor() {
    Interleavings.check(
        () -> {
          ForceRequests requests = new ForceRequests(new Doorbell());
          Interleavings.join(
              Interleavings.thread(() -> requests.request(3)),
              Interleavings.thread(() -> requests.request(7)),
              Interleavings.thread(() -> requests.request(5)));
          Interleavings.require(requests.upTo() == 7, "the highest");
        });
  }

  /** The door, and stages that answer what they find. */
  private static final class Rig {
    final Fault fault = new Fault();
    final Positions positions = new Positions(0, 0, 0);
    final Admission admission = new Admission(OPTIONS, positions, fault);
    final Permits permits;
    final CommandRing<String, Entry> ring = new CommandRing<>(4, new Doorbell());
    final CommandGate<String, Entry> gate;

    Rig(int clients) {
      // Time stands still: nobody gives up.
      permits =
          new Permits(
              clients, 100, BackpressurePolicy.block(Duration.ofHours(1)), admission, () -> 0);
      gate = new CommandGate<>(ring, permits, admission, () -> 0, new DeferredCommands<>());
    }

    boolean isRefused(String command, Heard heard) {
      try {
        gate.submit(command, 1, Durability.SYNCED, heard);
        return false;
      } catch (BufferClosedException | BufferFailedException refused) {
        return true;
      }
    }

    /** Takes what is there, through both stages. */
    void stages() {
      poll(
          () ->
              ring.pollDecide(
                  (slot, sequence, end) -> {
                    if (slot.isClient()) {
                      permits.release(1, slot.permitBytes());
                    }
                    return true;
                  }));
      poll(
          () ->
              ring.pollCommit(
                  (slot, sequence, end) -> {
                    answer(slot);
                    return true;
                  }));
    }

    private void answer(Slot<String, Entry> slot) {
      if (fault.isPoisoned()) {
        Waiters.tellFailed(slot.takeAcknowledgement(), fault.exception());
      } else {
        Waiters.tell(slot.takeAcknowledgement(), 1, null);
      }
      slot.clear();
    }

    void mustHaveAnswered(Heard heard, boolean refused) {
      if (refused) {
        Interleavings.require(heard.times() == 0, "refused, so not told");
      } else {
        heard.mustHaveHeard();
      }
    }
  }

  private interface Poll {
    boolean run() throws Exception;
  }

  private static void poll(Poll poll) {
    try {
      poll.run();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
