package io.millrace.buffer.internal.counters;

import io.millrace.buffer.Health;
import io.millrace.buffer.metrics.Distribution;
import io.millrace.buffer.metrics.Figure;
import io.millrace.buffer.metrics.Metric;
import io.millrace.buffer.metrics.MetricsSnapshot;
import io.millrace.buffer.metrics.RunningWork;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/** What the page is to hold next. One thread. */
final class CountersImage {

  private final ByteBuffer image =
      ByteBuffer.allocate(CountersLayout.PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private int end = CountersLayout.TABLES_AT;

  CountersImage(UUID storeId, long epoch, long openedAtMillis, int intervalMillis) {
    image.putLong(CountersLayout.MAGIC_AT, CountersLayout.MAGIC);
    image.putInt(CountersLayout.VERSION_AT, CountersLayout.VERSION);
    image.putInt(CountersLayout.PAGE_BYTES_AT, CountersLayout.PAGE_BYTES);
    image.putLong(CountersLayout.STORE_ID_AT, storeId.getMostSignificantBits());
    image.putLong(CountersLayout.STORE_ID_AT + Long.BYTES, storeId.getLeastSignificantBits());
    image.putLong(CountersLayout.PID_AT, ProcessHandle.current().pid());
    image.putLong(CountersLayout.EPOCH_AT, epoch);
    image.putLong(CountersLayout.OPENED_AT, openedAtMillis);
    image.putInt(CountersLayout.INTERVAL_AT, intervalMillis);
    image.putInt(CountersLayout.STATE_AT, CountersLayout.RECOVERING);
    image.putLong(CountersLayout.WRITTEN_AT, openedAtMillis);
  }

  void state(int state) {
    image.putInt(CountersLayout.STATE_AT, state);
  }

  void health(Health health) {
    image.putInt(CountersLayout.HEALTH_AT, CountersLayout.HEALTHS.indexOf(health.state()));
    image.putInt(CountersLayout.CONCERN_AT, CountersLayout.CONCERNS.indexOf(health.concern()));
    CountersLayout.putText(
        image, CountersLayout.REASON_AT, CountersLayout.REASON_BYTES, health.reason());
  }

  /** Takes over all figures; what there is no room for is left out. */
  void figures(MetricsSnapshot snapshot) {
    image.putLong(CountersLayout.WRITTEN_AT, snapshot.takenAt().toEpochMilli());
    image.putLong(CountersLayout.NANOS_AT, snapshot.takenAtNanos());
    int at = CountersLayout.TABLES_AT;
    int count = 0;
    for (Figure figure : snapshot.figures()) {
      if (count < CountersLayout.FIGURES_MAX) {
        put(at, figure);
        at += CountersLayout.FIGURE_BYTES;
        count++;
      }
    }
    image.putInt(CountersLayout.FIGURES_AT, count);
    count = 0;
    for (var entry : snapshot.distributions().entrySet()) {
      if (count < CountersLayout.DISTRIBUTIONS_MAX) {
        put(at, entry.getKey(), entry.getValue());
        at += CountersLayout.DISTRIBUTION_BYTES;
        count++;
      }
    }
    image.putInt(CountersLayout.DISTRIBUTIONS_AT, count);
    count = 0;
    for (RunningWork work : snapshot.running()) {
      if (count < CountersLayout.RUNNING_MAX) {
        put(at, work);
        at += CountersLayout.RUNNING_BYTES;
        count++;
      }
    }
    image.putInt(CountersLayout.RUNNING_AT, count);
    end = at;
  }

  private void put(int at, Figure figure) {
    Metric metric = figure.metric();
    int next = at;
    CountersLayout.putText(image, next, CountersLayout.NAME_BYTES, metric.name());
    next += CountersLayout.NAME_BYTES;
    CountersLayout.putText(image, next, CountersLayout.LABEL_BYTES, figure.label());
    next += CountersLayout.LABEL_BYTES;
    CountersLayout.putText(image, next, CountersLayout.UNIT_BYTES, metric.unit());
    next += CountersLayout.UNIT_BYTES;
    image.putLong(next, figure.value());
    image.putInt(next + Long.BYTES, CountersLayout.KINDS.indexOf(metric.kind()));
  }

  private void put(int at, Metric metric, Distribution distribution) {
    int next = at;
    CountersLayout.putText(image, next, CountersLayout.NAME_BYTES, metric.name());
    next += CountersLayout.NAME_BYTES;
    CountersLayout.putText(image, next, CountersLayout.UNIT_BYTES, metric.unit());
    next += CountersLayout.UNIT_BYTES;
    image.putLong(next, distribution.sum());
    image.putLong(next + Long.BYTES, distribution.max());
    image.putInt(next + 2 * Long.BYTES, Distribution.buckets());
    next += 3 * Long.BYTES;
    for (int bucket = 0; bucket < Distribution.buckets(); bucket++) {
      image.putLong(next + bucket * Long.BYTES, distribution.in(bucket));
    }
  }

  private void put(int at, RunningWork work) {
    image.putLong(at, work.since().toEpochMilli());
    image.putInt(at + Long.BYTES, CountersLayout.WORKS.indexOf(work.kind()));
    image.putInt(at + Long.BYTES + Integer.BYTES, work.attempt());
    int next = at + 2 * Long.BYTES;
    CountersLayout.putText(image, next, CountersLayout.NAME_BYTES, work.name());
    next += CountersLayout.NAME_BYTES;
    CountersLayout.putText(image, next, CountersLayout.ID_BYTES, work.instanceId());
  }

  /** Returns all bytes, for a file that is made. */
  ByteBuffer whole() {
    return image.duplicate().clear();
  }

  /** Returns the bytes behind the sequence, as far as they are in use. */
  ByteBuffer body() {
    return image.duplicate().limit(end).position(CountersLayout.BODY_AT);
  }
}
