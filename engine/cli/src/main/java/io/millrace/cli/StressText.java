package io.millrace.cli;

import io.millrace.buffer.Durability;
import io.millrace.buffer.PipelineStatistics;
import io.millrace.jmh.stress.StressOptions;
import io.millrace.jmh.stress.StressReport;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** A stress report for a person. */
final class StressText {

  /** The row that the project's first report published for this workload; see docs/workload.md. */
  private static final String PUBLISHED =
      "20.2 orch/s, 99.84 % success, 'inverse of throughput' in place of a latency; survives a"
          + " killed process, not power loss";

  private final StringBuilder text = new StringBuilder();
  private final StressReport report;
  private final StressOptions options;
  private final PipelineStatistics pipeline;

  private StressText(StressReport report) {
    this.report = report;
    options = report.options();
    pipeline = report.pipeline();
  }

  static String of(StressReport report) {
    StressText page = new StressText(report);
    page.heading();
    if (report.launched() > 0) {
      page.outcome();
      page.latency();
    }
    page.pipeline();
    page.cost();
    page.verdict();
    return page.text.toString();
  }

  /** Returns one line on what was wrong with a run that did not pass. */
  static String whyFailed(StressReport report) {
    StressReport.Verification check = report.verification();
    if (check.wrong() > 0) {
      return format("the check found wrong=%,d, the first: %s", check.wrong(), check.firstWrong());
    }
    return format(
        "completed=%,d of launched=%,d, the first failure: %s",
        report.completed(),
        report.launched(),
        report.firstFailure().isEmpty()
            ? "still running when the drain ended"
            : report.firstFailure());
  }

  /** Returns the mean force in microseconds, 0 if there was none. */
  static double forceMicros(PipelineStatistics pipeline) {
    return pipeline.journalForces() == 0
        ? 0
        : pipeline.forceNanos() / 1e3 / pipeline.journalForces();
  }

  private void heading() {
    boolean memory = options.store() == StressOptions.StoreKind.MEMORY;
    line("");
    line(
        "millrace stress: %d activities of %s each, %s, workers %d/%d, %s",
        options.activities(),
        millis(options.activityDelay().toNanos()),
        options.ratePerSecond() > 0
            ? format("%,.0f starts due each second", options.ratePerSecond())
            : format("%d in flight", options.inFlight()),
        options.orchestrationWorkers(),
        options.activityWorkers(),
        memory
            ? "in memory"
            : options.journal().name().toLowerCase(Locale.ROOT) + " journal, SQLite store");
    row(
        "durability",
        "%s: %s",
        options.durability().name().toLowerCase(Locale.ROOT),
        meaning(options.durability()));
  }

  private void outcome() {
    double perSecond = report.orchestrationsPerSecond();
    double ceiling = options.ceilingPerSecond();
    row(
        "throughput",
        "%,.1f orch/s  (%,.0f activities/s; %,d in %.1f s, drain %.2f s included)",
        perSecond,
        perSecond * options.activities(),
        report.completed(),
        report.elapsedSeconds(),
        report.drainTime().toNanos() / 1e9);
    if (ceiling > 0) {
      row(
          "ceiling",
          "%,.1f orch/s with these workers and this delay, for any engine; reached %.1f %%",
          ceiling,
          100 * perSecond / ceiling);
    } else {
      row("ceiling", "none: the activities take no time, the engine itself is measured");
    }
    row(
        "success",
        "%.2f %%  (failed: infrastructure %,d, configuration %,d, application %,d)",
        100 * report.successRate(),
        report.failed().infrastructure(),
        report.failed().configuration(),
        report.failed().application());
    row("published row", "%s", PUBLISHED);
  }

  private void latency() {
    Histogram nanos = report.latencies();
    row(
        "latency",
        "mean %s  p50 %s  p99 %s  p99.9 %s  max %s  (start to result%s)",
        millis(nanos.getMean()),
        millis(nanos.getValueAtPercentile(50)),
        millis(nanos.getValueAtPercentile(99)),
        millis(nanos.getValueAtPercentile(99.9)),
        millis(nanos.getMaxValue()),
        options.ratePerSecond() > 0 ? ", from when it was due" : "");
  }

  private void pipeline() {
    double seconds = Math.max(1e-9, report.elapsedSeconds());
    row("commands", "%,.0f/s", pipeline.commands() / seconds);
    if (options.store() == StressOptions.StoreKind.MEMORY) {
      return;
    }
    row(
        "journal",
        "%,.0f forces/s of %,.0f us; %s appended, %,.0f bytes an orchestration",
        pipeline.journalForces() / seconds,
        forceMicros(pipeline),
        bytes(pipeline.journalBytes()),
        each(pipeline.journalBytes()));
    if (report.diskForceMicros() != null) {
      row(
          "this disk",
          "append of 4 KiB and force, by itself: median %,.0f us",
          report.diskForceMicros());
    }
    long mutations = pipeline.storeMutations() + pipeline.coalescedMutations();
    row(
        "store",
        "%,d commits, %,d rows written; %,d mutations coalesced away (%.0f %%)",
        pipeline.storeCommits(),
        pipeline.storeMutations(),
        pipeline.coalescedMutations(),
        mutations == 0 ? 0 : 100.0 * pipeline.coalescedMutations() / mutations);
  }

  private void cost() {
    double seconds = Math.max(1e-9, report.elapsedSeconds());
    row(
        "cpu",
        "%.1f %% of one core; %,.0f us an orchestration, load generator and collector included",
        100 * report.cost().cpuSeconds() / seconds,
        each(report.cost().cpuSeconds() * 1e6));
    row(
        "allocation",
        "%s, %,.0f bytes an orchestration",
        bytes(report.cost().allocatedBytes()),
        each(report.cost().allocatedBytes()));
    row("jvm", "%s, %s", report.jdk(), report.gc());
  }

  private void verdict() {
    StressReport.Verification check = report.verification();
    row(
        "verified",
        "%,d orchestrations looked up again%s: %s",
        check.checked(),
        options.store() == StressOptions.StoreKind.MEMORY ? "" : " after reopening the directory",
        check.wrong() == 0
            ? "status, result and number of events all as the client noted them"
            : format("%,d WRONG, the first: %s", check.wrong(), check.firstWrong()));
  }

  private double each(double total) {
    return report.completed() == 0 ? 0 : total / report.completed();
  }

  private static String meaning(Durability level) {
    return switch (level) {
      case ACCEPTED -> "in memory; a killed process loses it";
      case APPENDED -> "survives a killed process, not power loss";
      case SYNCED -> "survives power loss";
      case APPLIED -> "survives power loss, and is visible to SQL";
    };
  }

  private static String millis(double nanos) {
    return format(nanos >= 100e6 ? "%,.0f ms" : "%.2f ms", nanos / 1e6);
  }

  private static String bytes(double count) {
    return count >= 1 << 20
        ? format("%,.1f MiB", count / (1 << 20))
        : format("%,.1f KiB", count / 1024);
  }

  private void row(String name, String pattern, Object... values) {
    line("  %-14s %s", name, format(pattern, values));
  }

  private void line(String pattern, Object... values) {
    text.append(format(pattern, values)).append('\n');
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
