package io.millrace.engine.internal.runtime;

import io.millrace.interleavings.Interleavings;
import io.millrace.interleavings.OnFollowedThreads;
import io.millrace.storage.orchestration.AttributesRow;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A client that waits for a newer status, against the turn that says it (C18, C43). */
@Tag("long")
@OnFollowedThreads
class StatusWaitersInterleavingsTest {

  @Test
  void c18b_shouldMissNoStatusBetweenTheLookAndTheWait() {
    Interleavings.check(
        () -> {
          StatusWaiters waiters = new StatusWaiters();
          Shown shown = new Shown();
          Thread client =
              Interleavings.thread(
                  () -> {
                    // As clients do: wait first, look then.
                    CompletableFuture<AttributesRow> next = waiters.next(7);
                    if (shown.version == 0) {
                      next.join();
                    } else {
                      waiters.forget(7, next);
                    }
                  });
          Thread other = Interleavings.thread(() -> waiters.forget(7, new CompletableFuture<>()));
          Thread outlet =
              Interleavings.thread(
                  () -> {
                    shown.version = 1;
                    waiters.said(new AttributesRow(7, 1, null, java.util.Map.of()));
                  });
          Interleavings.join(client, other, outlet);
        });
  }

  /** What a client that looks sees. */
  private static final class Shown {
    private volatile int version;
  }
}
