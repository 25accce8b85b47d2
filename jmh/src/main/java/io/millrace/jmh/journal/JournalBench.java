package io.millrace.jmh.journal;

import io.millrace.jmh.bench.Figures;
import io.millrace.jmh.bench.Folders;
import io.millrace.jmh.bench.RunContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One record appended, and forced as a policy says. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class JournalBench {

  private static final long TEN_MILLIS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int GROUP = 64;

  /** When the disk is forced. */
  public enum Sync {
    /** After each record: synced, one at a time. */
    EACH,
    /** After each 64 records: synced, as a group commit does it. */
    GROUP_OF_64,
    /** Every 10 ms: appended at once, synced a little later. */
    EVERY_10_MS,
    /** Never: appended. */
    NEVER
  }

  /** What holds the bytes. */
  @Param({"CHRONICLE", "FILES", "GROWING_FILE"})
  public String journal;

  /** When it is forced. */
  @Param public Sync sync;

  /** Bytes of a record. */
  @Param({"128", "1024", "16384", "262144"})
  public int bytes;

  private Path folder;
  private Appender appender;
  private ByteBuffer record;
  private long appended;
  private long forces;
  private long forcedAt;
  private long begunAt;

  /** For JMH. */
  @SuppressWarnings("NullAway.Init")
  public JournalBench() {}

  /** Opens an empty one. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    folder = Folders.empty(RunContext.folder().resolve("journal"));
    appender = Appender.Kind.valueOf(journal).open(folder);
    byte[] filling = new byte[bytes];
    new Random(1).nextBytes(filling);
    record = ByteBuffer.allocateDirect(bytes).put(filling);
  }

  /** Begins to count. */
  @Setup(Level.Iteration)
  public void begin() {
    appended = 0;
    forces = 0;
    begunAt = System.nanoTime();
    forcedAt = begunAt;
  }

  /** One record. */
  @Benchmark
  public void append() throws IOException, InterruptedException {
    record.flip();
    appender.append(record);
    appended++;
    if (isDue()) {
      appender.force();
      forces++;
    }
  }

  private boolean isDue() {
    return switch (sync) {
      case EACH -> true;
      case GROUP_OF_64 -> appended % GROUP == 0;
      case EVERY_10_MS -> {
        long now = System.nanoTime();
        boolean due = now - forcedAt >= TEN_MILLIS;
        if (due) {
          forcedAt = now;
        }
        yield due;
      }
      case NEVER -> false;
    };
  }

  /** Notes what the policy came to. */
  @TearDown(Level.Iteration)
  public void note() {
    double seconds = (System.nanoTime() - begunAt) / 1e9;
    Figures.note("written", appended * (double) bytes / (1 << 20) / seconds, "MiB/s");
    Figures.note("records", appended / seconds, "1/s");
    Figures.note("forces a record", (double) forces / Math.max(1, appended), "1");
  }

  /** Closes it. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    appender.close();
    Folders.remove(folder);
  }
}
