package io.millrace.buffer.internal.pipeline;

import io.millrace.buffer.BufferOptions;
import io.millrace.buffer.internal.batcher.FlushAlarm;
import io.millrace.buffer.internal.ring.Permits;
import io.millrace.buffer.internal.stage.Clock;
import io.millrace.buffer.internal.stage.Counters;
import io.millrace.buffer.internal.stage.Doorbell;
import io.millrace.buffer.internal.stage.Fault;
import io.millrace.buffer.internal.stage.Positions;

/** What all stages of one pipeline hang on: positions, fault, bells, waiters, permits. */
public final class Plumbing {

  final BufferOptions options;
  final Clock clock;
  final Positions positions;
  final Fault fault = new Fault();
  final Counters counters = new Counters();
  final Doorbell decideBell = new Doorbell();
  final Doorbell commitBell = new Doorbell();
  final Doorbell prepareBell = new Doorbell();
  final FlushAlarm flushAlarm = new FlushAlarm(new Doorbell());
  final ForceRequests forceRequests = new ForceRequests(commitBell);
  final LevelWaiters waiters;
  final DiskWait diskWait = new DiskWait();
  final Admission admission;
  final Permits permits;

  /** Lays it, around positions that already say where journal and store stand. */
  public Plumbing(BufferOptions options, Positions positions, Clock clock) {
    this.options = options;
    this.positions = positions;
    this.clock = clock;
    waiters =
        new LevelWaiters(
            options.waitersMax(), positions, forceRequests::request, flushAlarm::hurry);
    admission = new Admission(options, positions, fault);
    permits =
        new Permits(
            options.clientPermits(),
            options.clientBytes(),
            options.backpressurePolicy(),
            admission,
            clock);
    fault.whenPoisoned(this::poisoned);
  }

  private void poisoned() {
    waiters.end(fault.exception());
    permits.wakeAll();
    decideBell.ring();
    commitBell.ring();
    flushAlarm.ring();
  }

  /** Returns the positions. */
  public Positions positions() {
    return positions;
  }

  /** Returns where the first fault is kept. */
  public Fault fault() {
    return fault;
  }
}
