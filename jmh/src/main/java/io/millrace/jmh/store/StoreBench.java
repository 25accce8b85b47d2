package io.millrace.jmh.store;

import io.millrace.jmh.bench.Figures;
import io.millrace.jmh.bench.Folders;
import io.millrace.jmh.bench.RunContext;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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

/** One transaction of rows into SQLite. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class StoreBench {

  /** What a row looks like. */
  @Param({"BLOB", "COLUMNS", "INDEXED_COLUMNS"})
  public String shape;

  /** How rows are handed over. */
  @Param({"SINGLE", "BATCH", "WIDE"})
  public String statements;

  /** How many threads look up rows meanwhile. */
  @Param({"0", "2"})
  public int readers;

  /** Rows in one transaction. */
  @Param({"16", "1600", "16000"})
  public int batch;

  private final AtomicLong written = new AtomicLong();
  private Path folder;
  private RowTable table;
  private Readers reading;
  private long begunAt;

  /** For JMH. */
  @SuppressWarnings("NullAway.Init")
  public StoreBench() {}

  /** Makes an empty table. */
  @Setup(Level.Iteration)
  public void open() throws Exception {
    folder = Folders.empty(RunContext.folder().resolve("store"));
    Path file = folder.resolve("rows.db");
    table =
        new RowTable(file, RowTable.Shape.valueOf(shape), RowTable.Statements.valueOf(statements));
    written.set(0);
    reading = new Readers(file, readers, written::get);
    begunAt = System.nanoTime();
  }

  /** One transaction. */
  @Benchmark
  public void write() throws SQLException {
    table.write(batch);
    written.set(table.rows());
  }

  /** Notes rates, and closes. */
  @TearDown(Level.Iteration)
  public void close() throws Exception {
    double seconds = (System.nanoTime() - begunAt) / 1e9;
    long reads = reading.reads();
    reading.close();
    table.close();
    Figures.note("rows", table.rows() / seconds, "1/s");
    if (readers > 0) {
      Figures.note("reads beside", reads / seconds, "1/s");
    }
    Figures.note(
        "bytes a row",
        (double) Folders.bytes(folder, ".db", "-wal") / Math.max(1, table.rows()),
        "B");
    Folders.remove(folder);
  }
}
