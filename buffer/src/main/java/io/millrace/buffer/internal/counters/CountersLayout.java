package io.millrace.buffer.internal.counters;

import io.millrace.buffer.Health;
import io.millrace.buffer.metrics.Distribution;
import io.millrace.buffer.metrics.Metric;
import io.millrace.buffer.metrics.RunningWork;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Where what stands in the file {@code counters}; {@code docs/format/counters.md} tells it. */
final class CountersLayout {

  static final String FILE = "counters";
  static final int PAGE_BYTES = 64 * 1024;
  static final int VERSION = 1;

  /** "MRCOUNTS" in ASCII, read as a little-endian number. */
  static final long MAGIC = 0x5354_4E55_4F43_524DL;

  static final int MAGIC_AT = 0;
  static final int VERSION_AT = 8;
  static final int PAGE_BYTES_AT = 12;
  static final int SEQUENCE_AT = 16;

  /** What follows the sequence is of one piece with it. */
  static final int BODY_AT = 24;

  static final int STORE_ID_AT = 24;
  static final int PID_AT = 40;
  static final int EPOCH_AT = 48;
  static final int OPENED_AT = 56;
  static final int WRITTEN_AT = 64;
  static final int NANOS_AT = 72;
  static final int INTERVAL_AT = 80;
  static final int STATE_AT = 84;
  static final int HEALTH_AT = 88;
  static final int CONCERN_AT = 92;
  static final int FIGURES_AT = 96;
  static final int DISTRIBUTIONS_AT = 100;
  static final int RUNNING_AT = 104;
  static final int REASON_AT = 256;
  static final int REASON_BYTES = 512;
  static final int TABLES_AT = REASON_AT + REASON_BYTES;

  static final int NAME_BYTES = 64;
  static final int LABEL_BYTES = 32;
  static final int UNIT_BYTES = 16;

  /** Name, label, unit, value, kind, four unused. */
  static final int FIGURE_BYTES = NAME_BYTES + LABEL_BYTES + UNIT_BYTES + 16;

  /** Name, unit, sum, max, number of buckets, four unused, buckets. */
  static final int DISTRIBUTION_BYTES =
      NAME_BYTES + UNIT_BYTES + 24 + Distribution.buckets() * Long.BYTES;

  static final int ID_BYTES = 176;

  /** Since, kind, attempt, name, instance. */
  static final int RUNNING_BYTES = 16 + NAME_BYTES + ID_BYTES;

  static final int FIGURES_MAX = 256;
  static final int DISTRIBUTIONS_MAX = 16;
  static final int RUNNING_MAX = 32;

  static final int RECOVERING = 1;
  static final int OPEN = 2;
  static final int CLOSED = 3;

  /** What stands for each in the file; only added to at the end. */
  static final List<Health.State> HEALTHS =
      List.of(
          Health.State.HEALTHY, Health.State.DEGRADED, Health.State.READ_ONLY, Health.State.FAILED);

  static final List<Health.Concern> CONCERNS =
      List.of(
          Health.Concern.NONE,
          Health.Concern.STORE_STUMBLES,
          Health.Concern.STORE_LAGS,
          Health.Concern.DISK_SHORT,
          Health.Concern.FAULT,
          Health.Concern.DISK_STALLS);

  static final List<Metric.Kind> KINDS = List.of(Metric.Kind.COUNTER, Metric.Kind.GAUGE);

  static final List<RunningWork.Kind> WORKS =
      List.of(RunningWork.Kind.TURN, RunningWork.Kind.ACTIVITY);

  private CountersLayout() {}

  /** Writes text in a field of its own, cut where it is too long, filled up with zeros. */
  static void putText(ByteBuffer to, int at, int bytes, String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(encoded.length, bytes);
    while (length > 0 && length < encoded.length && (encoded[length] & 0xC0) == 0x80) {
      // Not in the middle of a character.
      length--;
    }
    for (int i = 0; i < bytes; i++) {
      to.put(at + i, i < length ? encoded[i] : 0);
    }
  }

  static String text(ByteBuffer from, int at, int bytes) {
    byte[] encoded = new byte[bytes];
    int length = 0;
    while (length < bytes && from.get(at + length) != 0) {
      encoded[length] = from.get(at + length);
      length++;
    }
    return new String(encoded, 0, length, StandardCharsets.UTF_8);
  }
}
