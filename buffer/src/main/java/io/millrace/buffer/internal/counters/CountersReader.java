package io.millrace.buffer.internal.counters;

import io.millrace.buffer.CountersLook;
import io.millrace.buffer.metrics.Distribution;
import io.millrace.buffer.metrics.Metric;
import io.millrace.buffer.metrics.MetricsSnapshot;
import io.millrace.buffer.metrics.RunningWork;
import io.millrace.buffer.metrics.SnapshotBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A reader's side of the file {@code counters}. Reads it as a file, and maps nothing: so neither a
 * file that is cut short nor one that is damaged can hurt.
 */
public final class CountersReader {

  /** The writer needs microseconds; one that died while writing leaves an odd number for good. */
  private static final int TRIES = 200;

  private static final List<CountersLook.State> STATES =
      List.of(CountersLook.State.RECOVERING, CountersLook.State.OPEN, CountersLook.State.CLOSED);

  private final ByteBuffer page;

  private CountersReader(ByteBuffer page) {
    this.page = page;
  }

  /** See {@link CountersLook#read}. */
  public static Optional<CountersLook> read(Path directory) throws IOException {
    Path file = directory.resolve(CountersLayout.FILE);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer page = null;
      for (int tries = 0; tries < TRIES; tries++) {
        long before = sequence(channel);
        page = bytes(channel, 0, CountersLayout.PAGE_BYTES);
        if (before % 2 == 0 && before == sequence(channel)) {
          break;
        }
        Thread.onSpinWait();
      }
      return page == null ? Optional.empty() : Optional.of(new CountersReader(page).decode(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static long sequence(FileChannel channel) throws IOException {
    return bytes(channel, CountersLayout.SEQUENCE_AT, Long.BYTES).getLong(0);
  }

  private static ByteBuffer bytes(FileChannel channel, int from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    int read = 0;
    while (bytes.hasRemaining() && read >= 0) {
      // What is missing at the end stays zero.
      read = channel.read(bytes, from + bytes.position());
    }
    return bytes.clear();
  }

  private CountersLook decode(Path file) throws IOException {
    if (page.getLong(CountersLayout.MAGIC_AT) != CountersLayout.MAGIC) {
      throw new IOException("expected a page of live figures, file=" + file);
    }
    int version = page.getInt(CountersLayout.VERSION_AT);
    if (version != CountersLayout.VERSION) {
      throw new IOException(
          "expected layout version="
              + CountersLayout.VERSION
              + " but the engine writes version="
              + version
              + ", file="
              + file
              + "; look with the command of the engine's own version");
    }
    return new CountersLook(
        new UUID(
            page.getLong(CountersLayout.STORE_ID_AT),
            page.getLong(CountersLayout.STORE_ID_AT + Long.BYTES)),
        page.getLong(CountersLayout.PID_AT),
        page.getLong(CountersLayout.EPOCH_AT),
        Instant.ofEpochMilli(page.getLong(CountersLayout.OPENED_AT)),
        Duration.ofMillis(page.getInt(CountersLayout.INTERVAL_AT)),
        one(STATES, page.getInt(CountersLayout.STATE_AT) - 1),
        one(CountersLayout.HEALTHS, page.getInt(CountersLayout.HEALTH_AT)),
        one(CountersLayout.CONCERNS, page.getInt(CountersLayout.CONCERN_AT)),
        CountersLayout.text(page, CountersLayout.REASON_AT, CountersLayout.REASON_BYTES),
        metrics());
  }

  private MetricsSnapshot metrics() {
    SnapshotBuilder builder =
        new SnapshotBuilder(
            Instant.ofEpochMilli(page.getLong(CountersLayout.WRITTEN_AT)),
            page.getLong(CountersLayout.NANOS_AT));
    int at = CountersLayout.TABLES_AT;
    for (int i = count(CountersLayout.FIGURES_AT, CountersLayout.FIGURES_MAX); i > 0; i--) {
      addFigure(builder, at);
      at += CountersLayout.FIGURE_BYTES;
    }
    int distributions = count(CountersLayout.DISTRIBUTIONS_AT, CountersLayout.DISTRIBUTIONS_MAX);
    for (int i = distributions; i > 0; i--) {
      addDistribution(builder, at);
      at += CountersLayout.DISTRIBUTION_BYTES;
    }
    for (int i = count(CountersLayout.RUNNING_AT, CountersLayout.RUNNING_MAX); i > 0; i--) {
      addRunning(builder, at);
      at += CountersLayout.RUNNING_BYTES;
    }
    return builder.build();
  }

  private int count(int at, int most) {
    return Math.max(0, Math.min(page.getInt(at), most));
  }

  private void addFigure(SnapshotBuilder to, int from) {
    int unitAt = from + CountersLayout.NAME_BYTES + CountersLayout.LABEL_BYTES;
    int valueAt = unitAt + CountersLayout.UNIT_BYTES;
    String label =
        CountersLayout.text(page, from + CountersLayout.NAME_BYTES, CountersLayout.LABEL_BYTES);
    to.add(
        new Metric(
            CountersLayout.text(page, from, CountersLayout.NAME_BYTES),
            one(CountersLayout.KINDS, page.getInt(valueAt + Long.BYTES)),
            CountersLayout.text(page, unitAt, CountersLayout.UNIT_BYTES),
            "",
            ""),
        label,
        page.getLong(valueAt));
  }

  private void addDistribution(SnapshotBuilder to, int from) {
    int sumAt = from + CountersLayout.NAME_BYTES + CountersLayout.UNIT_BYTES;
    long[] buckets = new long[Distribution.buckets()];
    int bucketsAt = sumAt + 3 * Long.BYTES;
    for (int bucket = 0; bucket < buckets.length; bucket++) {
      buckets[bucket] = page.getLong(bucketsAt + bucket * Long.BYTES);
    }
    to.add(
        new Metric(
            CountersLayout.text(page, from, CountersLayout.NAME_BYTES),
            Metric.Kind.DISTRIBUTION,
            CountersLayout.text(page, from + CountersLayout.NAME_BYTES, CountersLayout.UNIT_BYTES),
            "",
            ""),
        new Distribution(buckets, page.getLong(sumAt), page.getLong(sumAt + Long.BYTES)));
  }

  private void addRunning(SnapshotBuilder to, int from) {
    int nameAt = from + 2 * Long.BYTES;
    to.add(
        new RunningWork(
            one(CountersLayout.WORKS, page.getInt(from + Long.BYTES)),
            CountersLayout.text(page, nameAt + CountersLayout.NAME_BYTES, CountersLayout.ID_BYTES),
            CountersLayout.text(page, nameAt, CountersLayout.NAME_BYTES),
            page.getInt(from + Long.BYTES + Integer.BYTES),
            Instant.ofEpochMilli(page.getLong(from))));
  }

  /** What a damaged page says is taken for the nearest that there is. */
  private static <E> E one(List<E> values, int index) {
    return values.get(Math.max(0, Math.min(index, values.size() - 1)));
  }
}
