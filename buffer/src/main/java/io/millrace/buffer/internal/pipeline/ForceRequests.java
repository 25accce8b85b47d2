package io.millrace.buffer.internal.pipeline;

import io.millrace.buffer.internal.stage.Doorbell;
import java.util.concurrent.atomic.AtomicLong;

/** Up to which position others want the journal forced, whatever the sync policy (rule R25). */
public final class ForceRequests {

  private final AtomicLong upTo = new AtomicLong();
  private final Doorbell commitBell;

  /** Makes one that wakes the commit thread. */
  public ForceRequests(Doorbell commitBell) {
    this.commitBell = commitBell;
  }

  /** Asks. Any thread; does not wait. */
  public void request(long position) {
    if (upTo.get() < position) {
      upTo.accumulateAndGet(position, Math::max);
    }
    commitBell.ring();
  }

  /** Returns the highest position asked for. */
  long upTo() {
    return upTo.get();
  }
}
