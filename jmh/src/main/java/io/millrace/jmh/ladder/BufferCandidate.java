package io.millrace.jmh.ladder;

import io.millrace.buffer.BufferOptions;
import io.millrace.buffer.Durability;
import io.millrace.buffer.PipelineStatistics;
import io.millrace.buffer.SyncPolicy;
import io.millrace.buffer.WriteAheadBuffer;
import io.millrace.storage.StoreException;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.orchestration.InstanceRow;
import io.millrace.storage.orchestration.OrchestrationReader;
import io.millrace.storage.orchestration.Row;
import io.millrace.storage.orchestration.RowMutation;
import io.millrace.storage.orchestration.RowMutationCodec;
import io.millrace.storage.sqlite.SqliteOpenException;
import io.millrace.storage.sqlite.SqliteOptions;
import io.millrace.storage.sqlite.SqliteOrchestrationStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.HdrHistogram.Histogram;

/**
 * The bare pipeline: ring, framed and forced journal, batches of rows in SQLite; no engine. With
 * speculation it is rung 7: a turn is sent right behind its cause.
 */
public final class BufferCandidate implements Candidate {

  private static final Duration LONG = Duration.ofMinutes(2);

  static final String BUFFER = "BUFFER";
  static final String SPECULATION = "SPECULATION";

  private final boolean speculates;

  /** Makes one that does not speculate. */
  public BufferCandidate() {
    this(false);
  }

  BufferCandidate(boolean speculates) {
    this.speculates = speculates;
  }

  @Override
  public String name() {
    return speculates ? SPECULATION : BUFFER;
  }

  @Override
  public Set<Durability> durabilities() {
    return Set.of(Durability.APPENDED, Durability.SYNCED);
  }

  @Override
  public Open open(Path folder, Durability durability) {
    SqliteOrchestrationStore[] store = new SqliteOrchestrationStore[1];
    WriteAheadBuffer<RowMutation> buffer =
        WriteAheadBuffer.open(
            folder.resolve("buffer"),
            (file, id) -> {
              store[0] = openStore(file, id);
              return store[0];
            },
            RowMutationCodec.factory(),
            BufferOptions.builder()
                .syncPolicy(
                    durability == Durability.SYNCED ? SyncPolicy.everyBatch() : SyncPolicy.never())
                .level(durability)
                .futureExecutor(Runnable::run)
                .build());
    return new Open(buffer, store[0], speculates);
  }

  private static SqliteOrchestrationStore openStore(Path file, UUID id) throws StoreException {
    try {
      return SqliteOrchestrationStore.open(file, id, SqliteOptions.defaults());
    } catch (SqliteOpenException e) {
      throw new StoreException.Failed("cannot open the store, file=" + file, e);
    }
  }

  /**
   * One that is open.
   *
   * @param buffer the pipeline
   * @param store what it writes to, for the comparison
   * @param speculates whether a turn is sent right behind its cause
   */
  record Open(
      WriteAheadBuffer<RowMutation> buffer, SqliteOrchestrationStore store, boolean speculates)
      implements Opened {

    @Override
    public Histogram run(Trace trace, int inFlight) throws Exception {
      Histogram latencies = TraceDriver.run(trace, inFlight, speculates, this::keep);
      buffer.flush(LONG);
      return latencies;
    }

    void keep(List<RowMutation> command, Runnable acknowledged) {
      var unused = buffer.write(command).thenRun(acknowledged);
    }

    PipelineStatistics statistics() {
      return buffer.statistics();
    }

    @Override
    public void verify(Trace trace) throws Exception {
      try (OrchestrationReader reader = store.read()) {
        for (Row row : trace.rows().values()) {
          Object found = row;
          if (row instanceof InstanceRow instance) {
            found = reader.instance(instance.number());
          } else if (row instanceof HistoryRow turn) {
            found = reader.history(turn.instance(), turn.execution(), turn.turn(), 1).get(0);
          }
          if (!row.equals(found)) {
            throw new IllegalStateException("expected row=" + row + " found=" + found);
          }
        }
      }
    }

    @Override
    public Map<String, Double> counts() {
      PipelineStatistics done = statistics();
      return Map.of(
          "forces", (double) done.journalForces(),
          "journal bytes", (double) done.journalBytes(),
          "store commits", (double) done.storeCommits());
    }

    @Override
    public void close() {
      buffer.close();
    }
  }
}
