package io.millrace.buffer.internal.batcher;

import io.millrace.buffer.CheckpointPolicy;
import io.millrace.buffer.internal.flight.CheckpointEvent;
import io.millrace.buffer.internal.journal.JournalFailedException;
import io.millrace.buffer.internal.journal.Retention;
import io.millrace.buffer.internal.stage.Clock;
import io.millrace.buffer.internal.stage.Counters;
import io.millrace.buffer.internal.stage.Positions;
import io.millrace.buffer.internal.stage.Stage;
import io.millrace.storage.Store;
import io.millrace.storage.Store.CheckpointMode;
import io.millrace.storage.Store.CheckpointOutcome;
import io.millrace.storage.Store.CommitMode;
import io.millrace.storage.StoreException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the store's durable position, and lets the journal go up to it (rule R9). A reader can keep
 * checkpoints from completing for as long as it likes; past a limit of bytes or time the next
 * commit is therefore forced by itself, and the journal never waits for a checkpoint. Flush thread.
 */
public final class Checkpoints {

  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Store<?> store;
  private final Retention retention;
  private final CheckpointPolicy policy;
  private final Positions positions;
  private final Counters counters;
  private final Clock clock;

  private long lastApplyAt;
  private long notBefore;
  private long cleanUpTo;
  private long durableBytes;
  private long undurableSince;
  private long trimmedTo;
  private long trimFaults;

  /** Makes one. */
  public Checkpoints(
      Store<?> store,
      Retention retention,
      CheckpointPolicy policy,
      Positions positions,
      Counters counters,
      Clock clock) {
    this.store = store;
    this.retention = retention;
    this.policy = policy;
    this.positions = positions;
    this.counters = counters;
    this.clock = clock;
    lastApplyAt = clock.nanos();
    notBefore = lastApplyAt;
    undurableSince = lastApplyAt;
  }

  /** Says how the next commit must be made. */
  CommitMode mode() {
    boolean nothingWaits = positions.durable() >= positions.applied();
    if (nothingWaits) {
      undurableSince = clock.nanos();
      return CommitMode.NORMAL;
    }
    boolean overdue =
        positions.appliedBytes() - durableBytes >= policy.syncedCommitBytes()
            || clock.nanos() - undurableSince >= policy.syncedCommitAfter().toNanos();
    return overdue ? CommitMode.SYNCED : CommitMode.NORMAL;
  }

  /** Called after every commit. */
  void applied() throws StoreException {
    lastApplyAt = clock.nanos();
    if (store.uncheckpointedBytes() >= policy.walBytes() && lastApplyAt - notBefore >= 0) {
      checkpoint(CheckpointMode.PASSIVE);
    }
    takeOverDurable();
  }

  /**
   * Called when there is nothing to apply.
   *
   * @return in how many nanoseconds to be called again
   */
  long idle() throws StoreException {
    if (!isDirty()) {
      return Stage.NOTHING_DUE;
    }
    long now = clock.nanos();
    long left =
        Math.max(policy.idle().toNanos() - (now - lastApplyAt), Math.max(0, notBefore - now));
    if (left > 0) {
      return left;
    }
    checkpoint(CheckpointMode.TRUNCATE);
    takeOverDurable();
    return isDirty() ? RETRY_NANOS : Stage.NOTHING_DUE;
  }

  /** One last try at an orderly end. */
  void finish() throws StoreException {
    if (isDirty()) {
      checkpoint(CheckpointMode.TRUNCATE);
      takeOverDurable();
    }
  }

  private boolean isDirty() {
    return positions.applied() > cleanUpTo;
  }

  private void checkpoint(CheckpointMode mode) throws StoreException {
    CheckpointEvent event = CheckpointEvent.begun();
    long before = clock.nanos();
    try {
      CheckpointOutcome outcome = store.checkpoint(mode);
      counters.checkpoint(outcome.complete(), clock.nanos() - before);
      event.over(mode, outcome.complete(), positions.applied());
      if (outcome.complete()) {
        cleanUpTo = positions.applied();
      } else {
        notBefore = clock.nanos() + RETRY_NANOS;
      }
    } catch (StoreException.Busy | StoreException.Full e) {
      notBefore = clock.nanos() + RETRY_NANOS;
      LOG.debug("checkpoint put off: {}", e.getMessage());
    }
  }

  /** The store's word is the only one that counts: what it merely committed is not durable. */
  private void takeOverDurable() {
    long durable = Math.min(store.durablePosition(), positions.applied());
    if (durable > positions.durable()) {
      positions.durable(durable);
      undurableSince = clock.nanos();
      if (durable == positions.applied()) {
        durableBytes = positions.appliedBytes();
      }
    }
    trim();
  }

  private void trim() {
    long durable = positions.durable();
    if (durable <= trimmedTo) {
      return;
    }
    try {
      int gone = retention.deleteUpTo(durable);
      trimmedTo = durable;
      if (gone > 0) {
        LOG.debug("{} journal segments deleted, durablePosition={}", gone, durable);
      }
    } catch (JournalFailedException e) {
      // Keeping too much is no fault; the next durable position tries again.
      if (Long.bitCount(++trimFaults) == 1) {
        LOG.warn(
            "journal segments could not be deleted, durablePosition={} times={}",
            durable,
            trimFaults,
            e);
      }
    }
  }
}
