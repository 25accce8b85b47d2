package io.millrace.buffer.internal.batcher;

import io.millrace.buffer.BufferOptions;
import io.millrace.buffer.FlushPolicy;
import io.millrace.buffer.SyncPolicy;
import io.millrace.buffer.internal.flight.FlushEvent;
import io.millrace.buffer.internal.journal.JournalFailedException;
import io.millrace.buffer.internal.journal.JournalTail;
import io.millrace.buffer.internal.stage.Clock;
import io.millrace.buffer.internal.stage.Counters;
import io.millrace.buffer.internal.stage.Fault;
import io.millrace.buffer.internal.stage.Positions;
import io.millrace.buffer.internal.stage.Stage;
import io.millrace.storage.MalformedMutationException;
import io.millrace.storage.Mutation;
import io.millrace.storage.RecordId;
import io.millrace.storage.Store;
import io.millrace.storage.StoreException;
import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The flusher, and with it recovery.
 *
 * <pre>
 *          due?                 read, fold               apply
 *  WAITING -----&gt; (force first) --------&gt; HOLDS A BATCH -------&gt; WAITING
 *                                            |      ^
 *                                    busy or |      | after a pause,
 *                                       full +------+ the same call again
 * </pre>
 *
 * <p>It reads up to the synced position and never beyond (rule R1); where it must go further, it
 * asks for a force and waits. A busy or full store is tried again for as long as it takes while the
 * journal absorbs (invariant I7); any other fault of the store poisons (rule R11).
 *
 * @param <M> mutations
 */
public final class FlushStage<M extends Mutation> implements Stage {

  private static final Logger LOG = LoggerFactory.getLogger(FlushStage.class);
  private static final long NONE = Long.MAX_VALUE;

  /** What the flusher tells others. Its methods must not block. */
  public interface Listener {

    /** Asks that the journal be forced up to a position, at least. */
    void forceWanted(long position);

    /** The store has come further. */
    void applied();
  }

  private final JournalTail tail;
  private final Store<M> store;
  private final LongSupplier readLimit;
  private final RecordFolder<M> folder;
  private final Checkpoints checkpoints;
  private final Positions positions;
  private final FlushAlarm alarm;
  private final Fault fault;
  private final Counters counters;
  private final Listener listener;
  private final Clock clock;

  private final boolean waitsForForces;
  private final long lagBytesMax;
  private final int batchMutationsMax;
  private final long batchBytesMax;
  private final long barrierNanos;
  private final long retryNanosMin;
  private final long retryNanosMax;

  private long target;
  private boolean somethingWaits;
  private boolean sleepsOverNothing;
  private long waitingSince;
  private long lastHead;
  private long quietSince;
  private long lastFlushAt;
  private long flushBeganAt;
  private long flushNanos;

  private boolean holdsBatch;
  private List<M> batch = List.of();
  private RecordId batchLast = RecordId.NONE;
  private long batchBytes;
  private long retryAt;
  private long retryPause;
  private long stumbles;
  // written by: flush
  private volatile @Nullable StoreException stumble;
  // written by: the thread that closes
  private volatile boolean abandoned;
  // written by: whoever changes the policy
  private volatile FlushTrigger trigger;

  /** Makes one that goes on where the tail stands. */
  public FlushStage(
      FlushSource<M> source,
      RecordFolder<M> folder,
      Checkpoints checkpoints,
      FlushAlarm alarm,
      Listener listener,
      BufferOptions options,
      Positions positions,
      Fault fault,
      Counters counters,
      Clock clock) {
    this.tail = source.tail();
    this.store = source.store();
    this.readLimit = source.readLimit();
    this.folder = folder;
    this.checkpoints = checkpoints;
    this.alarm = alarm;
    this.listener = listener;
    this.positions = positions;
    this.fault = fault;
    this.counters = counters;
    this.clock = clock;
    trigger = FlushTrigger.of(options.flushPolicy());
    waitsForForces = !(options.syncPolicy() instanceof SyncPolicy.Never);
    lagBytesMax = options.lagBytesMax();
    batchMutationsMax = options.storeBatchMutationsMax();
    batchBytesMax = options.storeBatchBytesMax();
    barrierNanos = options.barrierInterval().toNanos();
    retryNanosMin = options.storeRetryMin().toNanos();
    retryNanosMax = options.storeRetryMax().toNanos();
    target = positions.applied();
    lastHead = target;
    quietSince = clock.nanos();
    lastFlushAt = quietSince - barrierNanos;
  }

  @Override
  public boolean step() {
    if (abandoned || fault.isPoisoned()) {
      return false;
    }
    try {
      if (holdsBatch) {
        return clock.nanos() - retryAt >= 0 && applyBatch();
      }
      lookAhead();
      return target > positions.applied() && readBatch() && applyBatch();
    } catch (Throwable e) {
      fault.poison(e);
      return false;
    }
  }

  @Override
  public boolean ready() {
    if (abandoned || fault.isPoisoned()) {
      return false;
    }
    if (holdsBatch) {
      return clock.nanos() - retryAt >= 0;
    }
    lookAhead();
    if (sleepsOverNothing && somethingWaits) {
      // It came after the alarm was set, so the time left for it is not known yet: look again.
      return true;
    }
    return target > positions.applied() && readLimit.getAsLong() > positions.applied();
  }

  @Override
  public long idle() {
    alarm.setFor(NONE, NONE, NONE);
    sleepsOverNothing = false;
    if (fault.isPoisoned()) {
      return NOTHING_DUE;
    }
    try {
      if (holdsBatch) {
        return Math.max(0, retryAt - clock.nanos());
      }
      return Math.min(setAlarm(), checkpoints.idle());
    } catch (Throwable e) {
      fault.poison(e);
      return NOTHING_DUE;
    }
  }

  @Override
  public void finish() {
    if (fault.isPoisoned()) {
      return;
    }
    try {
      checkpoints.finish();
    } catch (StoreException e) {
      LOG.warn("the last checkpoint failed; the next opening makes up for it", e);
    }
  }

  /** Gives the journal's files back. After {@link #finish}; any thread. */
  public void closeTail() throws IOException {
    tail.close();
  }

  /** Has it begin no further batch: the time for catching up is over. Any thread. */
  public void abandon() {
    abandoned = true;
  }

  /** Has it flush by another policy from now on. Any thread. */
  public void policy(FlushPolicy policy) {
    trigger = FlushTrigger.of(policy);
    alarm.ring();
  }

  /** Returns what it is doing, for the message of one who waited in vain. Any thread. */
  public String describe() {
    StoreException met = stumble;
    return met == null
        ? "the flusher is at work, " + positions
        : "the store is tried again and again, " + positions + ", last refusal: " + met;
  }

  /** Returns why the store is being tried again, or null. Any thread. */
  public @Nullable StoreException stumble() {
    return stumble;
  }

  /** Looks at the positions, and settles how far to go next. */
  private void lookAhead() {
    long now = clock.nanos();
    long applied = positions.applied();
    long appended = positions.appended();
    long head = head();
    observe(now, applied, head);
    if (target <= applied) {
      if (alarm.hurriedTo() > applied && now - lastFlushAt >= barrierNanos) {
        target = Math.max(head, Math.min(alarm.hurriedTo(), appended));
      } else if (positions.lagBytes() >= lagBytesMax) {
        target = appended;
      } else if (somethingWaits
          && trigger.isDue(
              head - applied,
              positions.lagBytes(),
              now - waitingSince,
              now - quietSince,
              flushNanos)) {
        target = head;
      }
      if (target > applied) {
        flushBeganAt = now;
      }
    }
    if (target > positions.synced()) {
      listener.forceWanted(target);
    }
  }

  private void observe(long now, long applied, long head) {
    if (head <= applied) {
      somethingWaits = false;
    } else if (!somethingWaits) {
      somethingWaits = true;
      waitingSince = now;
      counters.lagsSinceAtLatest(now);
    }
    if (head != lastHead) {
      lastHead = head;
      quietSince = now;
    }
  }

  /** Where nothing is forced by itself, what is merely appended counts as waiting too. */
  private long head() {
    return waitsForForces ? positions.synced() : positions.appended();
  }

  /** Says what should wake it before its time; returns how long it may sleep otherwise. */
  private long setAlarm() {
    long applied = positions.applied();
    long now = clock.nanos();
    if (target > applied) {
      alarm.setFor(NONE, applied + 1, NONE);
      return NOTHING_DUE;
    }
    sleepsOverNothing = !somethingWaits;
    boolean hurried = alarm.hurriedTo() > applied;
    long wakeBytes = sum(positions.appliedBytes(), Math.min(trigger.bytes(), lagBytesMax));
    long next = somethingWaits ? sum(applied, trigger.records()) : applied + 1;
    alarm.setFor(
        hurried ? applied + 1 : waitsForForces ? NONE : next,
        waitsForForces ? next : NONE,
        wakeBytes);
    long left =
        somethingWaits ? trigger.nanosLeft(now - waitingSince, now - quietSince, flushNanos) : NONE;
    boolean barrierPending = hurried && positions.appended() > applied;
    return barrierPending ? Math.min(left, Math.max(0, barrierNanos - (now - lastFlushAt))) : left;
  }

  private static long sum(long a, long b) {
    return b >= NONE - a ? NONE : a + b;
  }

  private boolean readBatch() throws JournalFailedException {
    long limit = readLimit.getAsLong();
    folder.clear();
    batchBytes = 0;
    boolean any = false;
    while (folder.added() < batchMutationsMax
        && batchBytes < batchBytesMax
        && !folder.isFull()
        && tail.next(limit)) {
      any = true;
      batchBytes += tail.length();
      try {
        folder.add(tail.bytes(), tail.offset(), tail.length());
      } catch (MalformedMutationException e) {
        throw new JournalFailedException(
            "a valid record holds what this version cannot read, record="
                + tail.id()
                + "; open the directory with the version that wrote it",
            e);
      }
    }
    if (any) {
      batchLast = tail.id();
      batch = decoded();
      holdsBatch = true;
      retryPause = 0;
    }
    return any;
  }

  private List<M> decoded() throws JournalFailedException {
    try {
      return folder.batch();
    } catch (MalformedMutationException e) {
      throw new JournalFailedException(
          "a valid record holds what this version cannot read, records="
              + (positions.applied() + 1)
              + ".."
              + batchLast.position()
              + "; open the directory with the version that wrote it",
          e);
    }
  }

  /** Applies the batch it holds. */
  private boolean applyBatch() throws StoreException {
    if (stumble != null) {
      counters.storeRetry();
    }
    FlushEvent event =
        FlushEvent.begun().of(positions.applied() + 1, batchLast.position(), batchBytes);
    long before = clock.nanos();
    try {
      store.apply(batch, batchLast, checkpoints.mode());
    } catch (StoreException.Busy | StoreException.Full e) {
      event.over(false, batch.size(), folder.added() - batch.size());
      stumbled(e);
      return false;
    } catch (StoreException.Rejected e) {
      throw new IllegalStateException(
          "the store rejects a change, so that nothing after it can be applied; records="
              + (positions.applied() + 1)
              + ".."
              + batchLast.position()
              + "; './millrace repair DIR --set-aside POSITION' may set that record aside: "
              + e.getMessage(),
          e);
    }
    settled();
    event.over(true, batch.size(), folder.added() - batch.size());
    holdsBatch = false;
    somethingWaits = false;
    lastFlushAt = clock.nanos();
    counters.storeCommit(batch.size(), folder.added() - batch.size(), lastFlushAt - before);
    positions.applied(batchLast.position(), batchBytes);
    if (target <= batchLast.position()) {
      learn(lastFlushAt - flushBeganAt);
      // What is left came after this flush was settled on.
      counters.lagsSince(
          positions.appended() > batchLast.position() ? flushBeganAt : Counters.NO_LAG);
    }
    batch = List.of();
    folder.clear();
    listener.applied();
    checkpoints.applied();
    return true;
  }

  /**
   * A longer flush counts at once, a shorter one little by little: an expectation on the safe side.
   */
  private void learn(long took) {
    flushNanos = took >= flushNanos ? took : flushNanos - (flushNanos - took) / 8;
  }

  private void stumbled(StoreException e) {
    stumble = e;
    stumbles++;
    retryPause =
        retryPause == 0
            ? retryNanosMin
            : Math.min(retryNanosMax, Math.multiplyExact(retryPause, 2));
    retryAt = clock.nanos() + retryPause;
    if (Long.bitCount(stumbles) == 1) {
      LOG.warn(
          "the store cannot take a batch just now; the journal absorbs, tries={} lagBytes={}: {}",
          stumbles,
          positions.lagBytes(),
          e.getMessage());
    }
  }

  private void settled() {
    if (stumble != null) {
      LOG.info("the store takes batches again, tries={}", stumbles);
      stumble = null;
      stumbles = 0;
    }
  }
}
