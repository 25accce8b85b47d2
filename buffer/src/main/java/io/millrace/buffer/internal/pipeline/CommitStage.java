package io.millrace.buffer.internal.pipeline;

import com.lmax.disruptor.EventPoller;
import io.millrace.buffer.BufferOptions;
import io.millrace.buffer.Durability;
import io.millrace.buffer.SyncPolicy;
import io.millrace.buffer.internal.batcher.FlushAlarm;
import io.millrace.buffer.internal.flight.ForceEvent;
import io.millrace.buffer.internal.flight.RingBatchEvent;
import io.millrace.buffer.internal.journal.JournalFailedException;
import io.millrace.buffer.internal.journal.JournalWriter;
import io.millrace.buffer.internal.ring.CommandRing;
import io.millrace.buffer.internal.ring.Slot;
import io.millrace.buffer.internal.stage.Clock;
import io.millrace.buffer.internal.stage.Counters;
import io.millrace.buffer.internal.stage.Fault;
import io.millrace.buffer.internal.stage.Positions;
import io.millrace.buffer.internal.stage.Stage;
import io.millrace.buffer.internal.stage.Waiters;
import io.millrace.storage.Mutation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The second stage: appends a batch of records, forces it where the sync policy or a waiter says
 * so, and then, and only then, lets out what waited for that: acknowledgements at their own level,
 * effects at the pipeline's.
 *
 * @param <C> commands
 * @param <M> mutations
 */
public final class CommitStage<C, M extends Mutation> implements Stage {

  /**
   * How long a record that nobody waits for may stay unforced, where every batch is forced: more
   * than it takes until the record that it leads to comes, which is forced with it.
   */
  private static final long UNAWAITED_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(1);

  private final CommandRing<C, M> ring;
  private final JournalWriter journal;
  private final Positions positions;
  private final LevelWaiters waiters;
  private final FlushAlarm flushAlarm;
  private final ForceRequests forceRequests;
  private final Fault fault;
  private final Counters counters;
  private final Clock clock;
  private final DiskWait diskWait;
  private final EventPoller.Handler<Slot<C, M>> handler = this::take;

  private final Durability level;
  private final boolean forcesEveryBatch;
  private final long forceNanos;
  private final long markNanos;
  private final long batchBytesMax;

  private final List<Slot<C, M>> batch = new ArrayList<>();
  private final HeldEffects held = new HeldEffects();
  private long batchRecords;
  private long batchBytes;
  private long batchLast;
  private boolean batchWantsForce;
  private boolean batchLetsOut;
  private @Nullable RingBatchEvent batchEvent;
  private long unsyncedSince;
  private long lastAppendAt;
  private boolean marked = true;

  /** Makes one. */
  public CommitStage(
      CommandRing<C, M> ring,
      JournalWriter journal,
      BufferOptions options,
      Positions positions,
      LevelWaiters waiters,
      FlushAlarm flushAlarm,
      ForceRequests forceRequests,
      Fault fault,
      Counters counters,
      Clock clock,
      DiskWait diskWait) {
    this.ring = ring;
    this.journal = journal;
    this.positions = positions;
    this.waiters = waiters;
    this.flushAlarm = flushAlarm;
    this.forceRequests = forceRequests;
    this.fault = fault;
    this.counters = counters;
    this.clock = clock;
    this.diskWait = diskWait;
    level = options.level();
    forcesEveryBatch = options.syncPolicy() instanceof SyncPolicy.EveryBatch;
    forceNanos = forceNanos(options.syncPolicy());
    markNanos = options.markInterval().toNanos();
    batchBytesMax = options.commitBatchBytesMax();
  }

  private static long forceNanos(SyncPolicy policy) {
    if (policy instanceof SyncPolicy.Every every) {
      return every.interval().toNanos();
    }
    return policy instanceof SyncPolicy.EveryBatch ? UNAWAITED_NANOS_MAX : NOTHING_DUE;
  }

  @Override
  public boolean step() {
    try {
      return ring.pollCommit(handler) || serve();
    } catch (Throwable e) {
      fail(e);
      return true;
    }
  }

  @Override
  public boolean ready() {
    return ring.hasUncommitted()
        || (!fault.isPoisoned() && (forceIsWanted() || held.hasUpTo(positions.reached(level))));
  }

  @Override
  public long idle() {
    if (fault.isPoisoned()) {
      return NOTHING_DUE;
    }
    try {
      long now = clock.nanos();
      long untilForce = positions.appended() > positions.synced() ? untilForce(now) : NOTHING_DUE;
      if (untilForce <= 0) {
        force();
        release();
        untilForce = NOTHING_DUE;
      }
      return Math.min(untilForce, mark(now));
    } catch (Throwable e) {
      fail(e);
      return NOTHING_DUE;
    }
  }

  @Override
  public void finish() {
    if (fault.isPoisoned()) {
      return;
    }
    try {
      long before = clock.nanos();
      journal.seal();
      counters.force(clock.nanos() - before, journal.forces());
      synced();
      release();
      held.clear();
    } catch (Throwable e) {
      fail(e);
    }
  }

  private boolean take(Slot<C, M> slot, long sequence, boolean endOfPoll) {
    if (batch.isEmpty()) {
      batchEvent = RingBatchEvent.begun();
    }
    batch.add(slot);
    if (fault.isPoisoned()) {
      failBatch();
      return true;
    }
    try {
      stage(slot);
      boolean end = endOfPoll || batchBytes >= batchBytesMax;
      if (end) {
        commitBatch();
      }
      return !end;
    } catch (Throwable e) {
      fail(e);
      return true;
    }
  }

  private void stage(Slot<C, M> slot) throws JournalFailedException {
    int length = slot.body().length();
    long position = slot.decision().position();
    if (length > 0) {
      journal.append(position, slot.body().bytes(), 0, length);
      batchRecords++;
      batchBytes += length;
      batchLast = position;
    }
    // Also for an answer without a record: it waits for what was decided before it (rule R16).
    batchWantsForce |= slot.level().implies(Durability.SYNCED) && position > positions.synced();
    batchLetsOut |= !slot.decision().effects().isEmpty();
  }

  private void commitBatch() throws JournalFailedException {
    if (batchRecords > 0) {
      append();
    }
    boolean effectsNeedForce = level.implies(Durability.SYNCED);
    if (!effectsNeedForce) {
      letOutEffects();
    }
    // Those that asked for less than a force need not wait for one that others asked for.
    acknowledge(Durability.APPENDED, Durability.APPENDED);
    boolean unawaited = effectsNeedForce && !batchLetsOut;
    if ((forcesEveryBatch && !unawaited)
        || batchWantsForce
        || forceIsWanted()
        || untilForce(clock.nanos()) <= 0) {
      force();
    }
    if (effectsNeedForce) {
      letOutEffects();
    }
    acknowledge(Durability.SYNCED, Durability.APPLIED);
    countBatch();
    endBatch();
    if (level == Durability.APPLIED && held.last() > 0) {
      flushAlarm.hurry(held.last());
    }
    flushAlarm.advanced(positions.appended(), positions.synced(), positions.appendedBytes());
  }

  private void append() throws JournalFailedException {
    diskWait.begins(clock.nanos());
    journal.write();
    diskWait.ends();
    lastAppendAt = clock.nanos();
    marked = false;
    if (positions.appended() == positions.synced()) {
      unsyncedSince = lastAppendAt;
    }
    positions.appended(batchLast, batchBytes);
    counters.records(batchRecords, journal.bytesAppended());
    waiters.of(Durability.APPENDED).complete();
  }

  /** At ACCEPTED decide has told them already. */
  private void acknowledge(Durability from, Durability to) {
    for (int i = 0; i < batch.size(); i++) {
      Slot<C, M> slot = batch.get(i);
      Durability asked = slot.level();
      if (asked.implies(from) && to.implies(asked)) {
        waiters
            .of(asked)
            .add(slot.decision().position(), slot.takeAcknowledgement(), slot.decision().refusal());
      }
    }
  }

  private void letOutEffects() {
    release();
    for (int i = 0; i < batch.size() && !fault.isPoisoned(); i++) {
      held.add(batch.get(i).decision(), positions.reached(level));
    }
  }

  private void force() throws JournalFailedException {
    if (positions.appended() > positions.synced()) {
      ForceEvent event = ForceEvent.begun();
      long before = clock.nanos();
      diskWait.begins(before);
      journal.force();
      diskWait.ends();
      counters.force(clock.nanos() - before, journal.forces());
      event.over(positions.synced(), positions.appended());
    }
    synced();
  }

  private void countBatch() {
    counters.batch();
    RingBatchEvent event = batchEvent;
    if (event != null) {
      event.over(batch.size(), batchRecords, batchBytes, positions.appended());
    }
  }

  private void synced() {
    positions.synced(positions.appended());
    waiters.of(Durability.SYNCED).complete();
  }

  /** Does what others asked for. */
  private boolean serve() throws JournalFailedException {
    if (fault.isPoisoned()) {
      return false;
    }
    boolean any = false;
    if (forceIsWanted()) {
      force();
      flushAlarm.advanced(positions.appended(), positions.synced(), positions.appendedBytes());
      any = true;
    }
    if (held.hasUpTo(positions.reached(level))) {
      release();
      any = true;
    }
    return any;
  }

  private boolean forceIsWanted() {
    long synced = positions.synced();
    return forceRequests.upTo() > synced && positions.appended() > synced;
  }

  private long untilForce(long now) {
    return forceNanos == NOTHING_DUE ? NOTHING_DUE : forceNanos - (now - unsyncedSince);
  }

  private long mark(long now) throws JournalFailedException {
    if (marked || positions.appended() > positions.synced()) {
      return NOTHING_DUE;
    }
    long left = markNanos - (now - lastAppendAt);
    if (left <= 0) {
      journal.mark();
      marked = true;
      return NOTHING_DUE;
    }
    return left;
  }

  private void release() {
    if (!fault.isPoisoned()) {
      held.releaseUpTo(positions.reached(level));
    }
  }

  private void fail(Throwable cause) {
    fault.poison(cause);
    failBatch();
  }

  private void failBatch() {
    for (int i = 0; i < batch.size(); i++) {
      Slot<C, M> slot = batch.get(i);
      Waiters.tellFailed(slot.takeAcknowledgement(), fault.exception());
    }
    held.clear();
    endBatch();
  }

  private void endBatch() {
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).clear();
    }
    batch.clear();
    batchRecords = 0;
    batchBytes = 0;
    batchWantsForce = false;
    batchLetsOut = false;
  }
}
