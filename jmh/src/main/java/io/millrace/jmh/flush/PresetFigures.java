package io.millrace.jmh.flush;

import io.millrace.buffer.FlushPreset;
import java.util.List;
import java.util.Locale;

/**
 * What one preset came to under the load.
 *
 * @param preset which
 * @param perSecond orchestrations a second
 * @param lag how far the store was behind, over the time of the load
 * @param heapMean mean of the live heap under the load, bytes, after collections that were asked
 *     for
 * @param heapMost the most of it
 * @param rowsEach rows written to the store for each orchestration
 * @param writesEach bytes written to the store for each byte of the journal; NaN if the system does
 *     not count them
 * @param replayed records that a reopening found not in the store
 * @param reopenMillis how long it took
 */
record PresetFigures(
    FlushPreset preset,
    double perSecond,
    List<LagSample> lag,
    double heapMean,
    double heapMost,
    double rowsEach,
    double writesEach,
    long replayed,
    double reopenMillis) {

  PresetFigures {
    lag = List.copyOf(lag);
  }

  String name() {
    return preset.name().toLowerCase(Locale.ROOT);
  }

  long lagRecordsMost() {
    return lag.stream().mapToLong(LagSample::records).max().orElse(0);
  }

  double lagRecordsMean() {
    return lag.stream().mapToLong(LagSample::records).average().orElse(0);
  }

  double lagMillisMost() {
    return lag.stream().mapToDouble(LagSample::lagMillis).max().orElse(0);
  }

  double lagMillisMean() {
    return lag.stream().mapToDouble(LagSample::lagMillis).average().orElse(0);
  }
}
