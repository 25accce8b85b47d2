package io.millrace.cli;

import io.millrace.buffer.metrics.Distribution;
import io.millrace.buffer.metrics.Figure;
import io.millrace.buffer.metrics.Metric;
import io.millrace.buffer.metrics.PipelineMetrics;
import io.millrace.buffer.metrics.RunningWork;
import io.millrace.engine.EngineMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** What {@code millrace top} prints for people. */
final class SeenText {

  private static final int ID_SHOWN = 40;

  private final Seen seen;
  private final StringBuilder text = new StringBuilder();

  private SeenText(Seen seen) {
    this.seen = seen;
  }

  static String of(Seen seen) {
    return new SeenText(seen).write();
  }

  private String write() {
    heading();
    line("health", health());
    pipeline();
    if (seen.now().metrics().metric(EngineMetrics.TURNS.name()) != null) {
      engine();
    }
    return text.toString();
  }

  private void heading() {
    Instant written = seen.now().metrics().takenAt().truncatedTo(ChronoUnit.SECONDS);
    String owner =
        switch (seen.owner()) {
          case OPEN -> "open in process " + seen.now().pid() + ", up " + text(seen.age());
          case RECOVERING -> "being recovered by process " + seen.now().pid();
          case STANDS_STILL ->
              "process " + seen.now().pid() + " is there but has shown nothing since " + written;
          case CLOSED -> "closed in order at " + written + "; what follows is how it was then";
          case GONE ->
              "its owner, process "
                  + seen.now().pid()
                  + ", ended without closing, last seen at "
                  + written
                  + "; opening recovers, and what follows is how it was then";
        };
    text.append(seen.directory()).append("  ").append(owner).append(System.lineSeparator());
  }

  private String health() {
    String state = word(seen.now().health());
    return seen.now().reason().isEmpty()
        ? state
        : state + ", " + word(seen.now().concern()) + ": " + seen.now().reason();
  }

  private void pipeline() {
    line("commands", rate(PipelineMetrics.COMMANDS));
    line(
        "ring",
        "%,d of %,d slots   permits %,d of %,d, %,d clients wait",
        seen.value(PipelineMetrics.RING_USED),
        seen.value(PipelineMetrics.RING_SLOTS),
        seen.value(PipelineMetrics.PERMITS_USED),
        seen.value(PipelineMetrics.PERMITS_LIMIT),
        seen.value(PipelineMetrics.PERMITS_WAITING));
    line("records", rate(PipelineMetrics.RECORDS));
    line("journal", "%s/s", bytes(seen.rate(PipelineMetrics.JOURNAL_BYTES)));
    line(
        "forces",
        "%s   %s",
        rate(PipelineMetrics.FORCES),
        times(seen.lately(PipelineMetrics.FORCE_TIME)));
    line(
        "lag",
        "%,d records   %s   %s",
        seen.value(PipelineMetrics.LAG_RECORDS),
        bytes(seen.value(PipelineMetrics.LAG_BYTES)),
        millis(seen.value(PipelineMetrics.LAG_AGE)));
    line(
        "commits",
        "%s   %s",
        rate(PipelineMetrics.COMMITS),
        times(seen.lately(PipelineMetrics.COMMIT_TIME)));
    double reached = seen.rate(PipelineMetrics.MUTATIONS);
    double folded = seen.rate(PipelineMetrics.COALESCED);
    line(
        "mutations",
        "%,.0f/s reach the store, %.0f %% folded away",
        reached,
        reached + folded == 0 ? 0 : 100 * folded / (reached + folded));
    line(
        "checkpoints",
        "%,d, tries after a busy or full store %,d",
        seen.value(PipelineMetrics.CHECKPOINTS),
        seen.value(PipelineMetrics.RETRIES));
  }

  private void engine() {
    line(
        "instances",
        "%,d in memory   %,.0f/s started   %,.0f/s completed   %,d failed   %,d set aside",
        seen.value(EngineMetrics.RESIDENT),
        seen.rate(EngineMetrics.STARTED),
        seen.rate(EngineMetrics.COMPLETED),
        seen.value(EngineMetrics.FAILED),
        seen.value(EngineMetrics.QUARANTINED));
    line(
        "turns",
        "%s   %,d queued   %,d running",
        rate(EngineMetrics.TURNS),
        seen.value(EngineMetrics.TURNS_QUEUED),
        seen.value(EngineMetrics.TURNS_RUNNING));
    line(
        "activities",
        "%s   %,d failed   %,d retried",
        rate(EngineMetrics.ACTIVITIES_COMPLETED),
        seen.value(EngineMetrics.ACTIVITIES_FAILED),
        seen.value(EngineMetrics.ACTIVITIES_RETRIED));
    for (Figure figure : seen.now().metrics().figures()) {
      if (figure.metric().name().equals(EngineMetrics.ACTIVITIES_QUEUED.name())) {
        line(
            "  pool " + printable(figure.label()),
            "%,d queued   %,d running",
            figure.value(),
            seen.now().metrics().value(EngineMetrics.ACTIVITIES_RUNNING, figure.label()));
      }
    }
    line(
        "timers",
        "%,d near   %,.0f/s fire",
        seen.value(EngineMetrics.TIMERS_NEAR),
        seen.rate(EngineMetrics.TIMERS_FIRED));
    for (RunningWork work : seen.now().metrics().running()) {
      line("slow", slow(work));
    }
  }

  private String slow(RunningWork work) {
    Duration since = Duration.between(work.since(), seen.now().metrics().takenAt());
    String id = printable(work.instanceId());
    return String.format(
        Locale.ROOT,
        "%10s  %-8s  %s  %s%s",
        millis(since.toNanos()),
        word(work.kind()),
        printable(work.name()),
        id.length() > ID_SHOWN ? id.substring(0, ID_SHOWN) + "..." : id,
        work.attempt() > 1 ? "  attempt " + work.attempt() : "");
  }

  private void line(String name, String pattern, Object... values) {
    String said = values.length == 0 ? pattern : String.format(Locale.ROOT, pattern, values);
    text.append(String.format(Locale.ROOT, "%-12s  %s", name, said).stripTrailing())
        .append(System.lineSeparator());
  }

  private String rate(Metric counter) {
    return String.format(Locale.ROOT, "%,10.0f/s of %,d", seen.rate(counter), seen.value(counter));
  }

  private static String times(Distribution times) {
    return times.count() == 0
        ? ""
        : "p50 "
            + millis(times.percentile(0.5))
            + "  p99 "
            + millis(times.percentile(0.99))
            + "  max "
            + millis(times.max());
  }

  private static String millis(long nanos) {
    double millis = nanos / 1e6;
    return millis >= 10_000
        ? String.format(Locale.ROOT, "%,.0f s", millis / 1e3)
        : String.format(Locale.ROOT, millis >= 100 ? "%,.0f ms" : "%.2f ms", millis);
  }

  private static String bytes(double bytes) {
    if (bytes < 10 * 1024) {
      return String.format(Locale.ROOT, "%.0f bytes", bytes);
    }
    return bytes < 10 * 1024 * 1024
        ? String.format(Locale.ROOT, "%,.0f KiB", bytes / 1024)
        : String.format(Locale.ROOT, "%,.0f MiB", bytes / (1024 * 1024));
  }

  private static String text(Duration time) {
    long seconds = time.toSeconds();
    return seconds < 120
        ? seconds + " s"
        : seconds < 7_200 ? seconds / 60 + " min" : seconds / 3_600 + " h";
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** An id is a user's: a control character in it would paint over the terminal. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "\u00b7");
  }
}
