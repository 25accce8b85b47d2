package io.millrace.jmh.neighbours;

import io.millrace.jmh.codec.KryoForm;
import io.millrace.jmh.ladder.Candidate;
import io.millrace.jmh.ladder.Folding;
import io.millrace.jmh.ladder.GroupCommit;
import io.millrace.jmh.ladder.Trace;
import io.millrace.storage.orchestration.Row;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * A store at its best: one writer takes all commands that wait, folds their changes together, and
 * commits them by one force; then all of them are acknowledged. Rows are in the engine's own form.
 */
abstract class GroupedStore implements Candidate.Opened {

  private final KryoForm form = new KryoForm();
  // written by: the writer; read once it has ended
  private long commits;

  GroupedStore() {}

  /** Puts a row, in the transaction that is open. */
  abstract void put(RowKey key, byte[] body) throws Exception;

  /** Deletes a row, in the transaction that is open. */
  abstract void delete(RowKey key) throws Exception;

  /** Ends the transaction; on return it survives power loss. */
  abstract void commit() throws Exception;

  /** Reads all rows. */
  abstract void read(Reader reader) throws Exception;

  /** Takes rows. */
  @FunctionalInterface
  interface Reader {
    void take(RowKey key, byte[] body) throws Exception;
  }

  @Override
  public final Histogram run(Trace trace, int inFlight) throws Exception {
    return GroupCommit.run(trace, inFlight, this::keep);
  }

  private void keep(List<RowMutation> changes) throws Exception {
    for (RowMutation change : Folding.fold(changes)) {
      RowKey key = (RowKey) change.key();
      if (change instanceof RowMutation.Delete) {
        delete(key);
      } else {
        put(key, form.encode(change));
      }
    }
    commit();
    commits++;
  }

  @Override
  public final void verify(Trace trace) throws Exception {
    Map<RowKey, Row> rows = new HashMap<>();
    read(
        (key, body) -> {
          RowMutation kept = form.decode(body);
          rows.put(
              key,
              kept instanceof RowMutation.Insert insert
                  ? insert.row()
                  : ((RowMutation.Update) kept).row());
        });
    trace.check(rows);
  }

  @Override
  public final Map<String, Double> counts() {
    return Map.of("forces", (double) commits);
  }
}
