package io.millrace.buffer.internal.pipeline;

import io.millrace.buffer.Health;
import io.millrace.buffer.internal.ring.CommandRing;
import io.millrace.buffer.internal.stage.Positions;
import io.millrace.buffer.metrics.MetricsSnapshot;
import io.millrace.buffer.metrics.PipelineMetrics;
import io.millrace.buffer.metrics.SnapshotBuilder;
import java.time.Instant;

/** Reads all figures of a pipeline. Any thread; disturbs none of those that write them. */
final class PipelineFigures {

  private final Plumbing plumbing;
  private final CommandRing<?, ?> ring;
  private final HealthWatch health;

  PipelineFigures(Plumbing plumbing, CommandRing<?, ?> ring, HealthWatch health) {
    this.plumbing = plumbing;
    this.ring = ring;
    this.health = health;
  }

  MetricsSnapshot snapshot() {
    long now = plumbing.clock.nanos();
    SnapshotBuilder builder = new SnapshotBuilder(Instant.now(), now);
    builder
        .add(PipelineMetrics.HEALTH, code(health.now().state()))
        .add(PipelineMetrics.RING_USED, ring.used())
        .add(PipelineMetrics.RING_SLOTS, plumbing.options.ringSlots())
        .add(PipelineMetrics.PERMITS_USED, plumbing.permits.commandsInUse())
        .add(PipelineMetrics.PERMITS_LIMIT, plumbing.options.clientPermits())
        .add(PipelineMetrics.PERMITS_WAITING, plumbing.permits.waiting());
    addPositions(builder, now);
    plumbing.counters.addTo(builder);
    return builder.build();
  }

  private static int code(Health.State state) {
    return switch (state) {
      case HEALTHY -> 0;
      case DEGRADED -> 1;
      case READ_ONLY -> 2;
      case FAILED -> 3;
    };
  }

  private void addPositions(SnapshotBuilder builder, long now) {
    Positions positions = plumbing.positions;
    // The later stages first: so none is seen beyond the one that it follows.
    long durable = positions.durable();
    long applied = positions.applied();
    long lagBytes = positions.lagBytes();
    long synced = positions.synced();
    long appended = positions.appended();
    builder
        .add(PipelineMetrics.DECIDED, positions.decided())
        .add(PipelineMetrics.APPENDED, appended)
        .add(PipelineMetrics.SYNCED, synced)
        .add(PipelineMetrics.APPLIED, applied)
        .add(PipelineMetrics.DURABLE, durable)
        .add(PipelineMetrics.LAG_RECORDS, appended - applied)
        .add(PipelineMetrics.LAG_BYTES, lagBytes)
        .add(PipelineMetrics.LAG_AGE, plumbing.counters.lagAge(now));
  }
}
