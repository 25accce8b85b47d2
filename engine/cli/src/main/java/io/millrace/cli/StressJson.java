package io.millrace.cli;

import io.millrace.buffer.PipelineStatistics;
import io.millrace.jmh.stress.StressOptions;
import io.millrace.jmh.stress.StressReport;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** A stress report as one JSON object. Names and units are part of the command's interface. */
final class StressJson {

  private StressJson() {}

  static String of(StressReport report) {
    return Json.of(fields(report)) + "\n";
  }

  private static Map<String, @Nullable Object> fields(StressReport report) {
    StressOptions options = report.options();
    PipelineStatistics pipeline = report.pipeline();
    double ceiling = options.ceilingPerSecond();
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("orchestrationsPerSecond", report.orchestrationsPerSecond());
    fields.put("activitiesPerSecond", report.orchestrationsPerSecond() * options.activities());
    fields.put("ceilingPerSecond", ceiling == 0 ? null : ceiling);
    fields.put("launched", report.launched());
    fields.put("completed", report.completed());
    fields.put("successRate", report.successRate());
    fields.put("failed", failed(report.failed()));
    fields.put("latencyMillis", latency(report.latencies()));
    fields.put("drainSeconds", report.drainTime().toNanos() / 1e9);
    fields.put("durability", Json.word(options.durability()));
    fields.put("store", Json.word(options.store()));
    fields.put(
        "journal",
        options.store() == StressOptions.StoreKind.MEMORY ? null : Json.word(options.journal()));
    fields.put("verified", report.verification().wrong() == 0);
    fields.put("verifiedInstances", report.verification().checked());
    fields.put("commandsPerSecond", pipeline.commands() / Math.max(1e-9, report.elapsedSeconds()));
    fields.put("journalBytes", pipeline.journalBytes());
    fields.put("journalForces", pipeline.journalForces());
    fields.put("forceMicros", StressText.forceMicros(pipeline));
    fields.put("diskForceMicros", report.diskForceMicros());
    fields.put("storeCommits", pipeline.storeCommits());
    fields.put("storeRows", pipeline.storeMutations());
    fields.put("coalescedMutations", pipeline.coalescedMutations());
    fields.put("cpuSeconds", report.cost().cpuSeconds());
    fields.put("allocatedBytes", report.cost().allocatedBytes());
    fields.put("elapsedSeconds", report.elapsedSeconds());
    fields.put("orchestrationWorkers", options.orchestrationWorkers());
    fields.put("activityWorkers", options.activityWorkers());
    fields.put("inFlight", options.ratePerSecond() > 0 ? null : options.inFlight());
    fields.put("ratePerSecond", options.ratePerSecond() > 0 ? options.ratePerSecond() : null);
    fields.put("activities", options.activities());
    fields.put("activityDelayMillis", options.activityDelay().toNanos() / 1e6);
    fields.put("payloadBytes", options.payloadBytes());
    fields.put("seed", options.seed());
    fields.put("jdk", report.jdk());
    fields.put("gc", report.gc());
    return fields;
  }

  private static Map<String, Long> failed(StressReport.Failed failed) {
    Map<String, Long> fields = new LinkedHashMap<>();
    fields.put("infrastructure", failed.infrastructure());
    fields.put("configuration", failed.configuration());
    fields.put("application", failed.application());
    return fields;
  }

  private static @Nullable Map<String, Double> latency(Histogram nanos) {
    if (nanos.getTotalCount() == 0) {
      return null;
    }
    Map<String, Double> fields = new LinkedHashMap<>();
    fields.put("mean", nanos.getMean() / 1e6);
    fields.put("p50", nanos.getValueAtPercentile(50) / 1e6);
    fields.put("p99", nanos.getValueAtPercentile(99) / 1e6);
    fields.put("p999", nanos.getValueAtPercentile(99.9) / 1e6);
    fields.put("max", nanos.getMaxValue() / 1e6);
    return fields;
  }
}
