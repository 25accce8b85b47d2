package io.millrace.buffer.internal.stage;

import io.millrace.buffer.Durability;
import io.millrace.interleavings.Heard;
import io.millrace.interleavings.Interleavings;
import io.millrace.interleavings.OnFollowedThreads;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Invariant I6: the first cause, once, and nobody is left waiting. */
@OnFollowedThreads
class FaultInterleavingsTest {

  @Test
  void i6_shouldKeepOneCauseAndTellListenersOnce() {
    Interleavings.check(
        () -> {
          Fault fault = new Fault();
          AtomicInteger told = new AtomicInteger();
          fault.whenPoisoned(told::incrementAndGet);
          IOException disk = new IOException("disk");
          IOException store = new IOException("store");
          Thread commit = Interleavings.thread(() -> fault.poison(disk));
          Thread flush = Interleavings.thread(() -> fault.poison(store));
          Thread client =
              Interleavings.thread(
                  () -> {
                    if (fault.isPoisoned()) {
                      Interleavings.require(
                          fault.exception().getCause() == fault.cause(), "one cause");
                    }
                  });
          Interleavings.join(commit, flush, client);
          Interleavings.require(told.get() == 1, "listeners are told once");
          Interleavings.require(fault.cause() == disk || fault.cause() == store, "a cause");
        });
  }

  @Test
  void i6_shouldFailWhoeverWaitsOrComesWhenPoisoned() {
    Interleavings.check(
        () -> {
          Fault fault = new Fault();
          Waiters waiters = new Waiters(Durability.SYNCED, 10, () -> 0, position -> {});
          fault.whenPoisoned(() -> waiters.end(fault.exception()));
          Heard heard = new Heard(() -> 0);
          Thread client = Interleavings.thread(() -> waiters.add(1, heard, null));
          Thread commit = Interleavings.thread(() -> fault.poison(new IOException("disk")));
          Interleavings.join(client, commit);
          heard.mustHaveFailed();
        });
  }
}
