package io.millrace.cli;

import io.millrace.buffer.metrics.PipelineMetrics;
import io.millrace.engine.EngineMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the page of live figures adds to an overview, or why it adds nothing. Whatever is wrong with
 * the page, the rest of the directory can still be looked at.
 *
 * @param seen the page; null if it tells nothing
 * @param why it tells nothing; empty if it does
 */
record LiveFigures(@Nullable Seen seen, String why) {

  static LiveFigures read(Path directory) {
    try {
      Seen seen = Seen.look(directory, null);
      return new LiveFigures(seen, seen == null ? "none: no engine has shown any here" : "");
    } catch (IOException unreadable) {
      return new LiveFigures(null, "none that can be read: " + unreadable.getMessage());
    }
  }

  /** Returns them for JSON, null if there are none. */
  @Nullable Map<String, @Nullable Object> fields() {
    if (seen == null) {
      return null;
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("owner", Json.word(seen.owner()));
    fields.put("pid", seen.now().pid());
    fields.put("epoch", seen.now().epoch());
    fields.put("writtenAt", seen.now().metrics().takenAt().toString());
    fields.put("health", Json.word(seen.now().health()));
    fields.put("concern", Json.word(seen.now().concern()));
    fields.put("reason", seen.now().reason());
    fields.put("figures", seen.now().metrics().toMap());
    return fields;
  }

  /** Returns one line for people. */
  String words() {
    if (seen == null) {
      return why;
    }
    Instant written = seen.now().metrics().takenAt();
    String at = String.valueOf(written.truncatedTo(ChronoUnit.SECONDS));
    return switch (seen.owner()) {
      case OPEN -> now(seen, Duration.between(written, Instant.now()));
      case RECOVERING -> "none yet: process " + seen.now().pid() + " is recovering the directory";
      case STANDS_STILL -> "process " + seen.now().pid() + " has shown nothing since " + at;
      case CLOSED -> "none: closed in order at " + at;
      case GONE -> "none: process " + seen.now().pid() + " ended without closing, last seen " + at;
    };
  }

  private static String now(Seen seen, Duration age) {
    return String.format(
        Locale.ROOT,
        "%s, %,d commands decided, %,d instances in memory, %,d turns and %,d activities running,"
            + " %,d records not in the store; of %d ms ago",
        Json.word(seen.now().health()),
        seen.value(PipelineMetrics.COMMANDS),
        seen.value(EngineMetrics.RESIDENT),
        seen.value(EngineMetrics.TURNS_RUNNING),
        activities(seen),
        seen.value(PipelineMetrics.LAG_RECORDS),
        Math.max(0, age.toMillis()));
  }

  /** Returns those of all pools. */
  private static long activities(Seen seen) {
    return seen.now().metrics().figures().stream()
        .filter(figure -> figure.metric().name().equals(EngineMetrics.ACTIVITIES_RUNNING.name()))
        .mapToLong(figure -> figure.value())
        .sum();
  }
}
