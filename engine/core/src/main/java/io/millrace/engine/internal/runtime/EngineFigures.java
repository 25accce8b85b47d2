package io.millrace.engine.internal.runtime;

import io.millrace.buffer.CommandPipeline;
import io.millrace.buffer.metrics.MetricsSnapshot;
import io.millrace.buffer.metrics.RunningWork;
import io.millrace.buffer.metrics.SnapshotBuilder;
import io.millrace.engine.EngineMetrics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads all figures of an engine. Any thread; disturbs none of those that write them. */
final class EngineFigures {

  private static final int RUNNING_MAX = 16;

  private final EngineParts parts;
  private final CommandPipeline<?> pipeline;

  EngineFigures(EngineParts parts, CommandPipeline<?> pipeline) {
    this.parts = parts;
    this.pipeline = pipeline;
  }

  MetricsSnapshot snapshot() {
    SnapshotBuilder builder = new SnapshotBuilder(pipeline.metrics());
    parts.counters().addTo(builder);
    builder
        .add(EngineMetrics.TURNS_QUEUED, parts.turns().crew().queued())
        .add(EngineMetrics.TURNS_RUNNING, parts.turns().watch().running().size())
        .add(EngineMetrics.TIMERS_NEAR, parts.timers().near())
        .add(EngineMetrics.CALLBACKS_QUEUED, parts.callbacks().crew().queued());
    parts.activities().addTo(builder);
    longest().forEach(builder::add);
    return builder.build();
  }

  private List<RunningWork> longest() {
    List<RunningWork> all = new ArrayList<>(parts.turns().watch().running());
    all.addAll(parts.activities().running());
    all.sort(Comparator.comparing(RunningWork::since));
    return all.size() > RUNNING_MAX ? all.subList(0, RUNNING_MAX) : all;
  }
}
