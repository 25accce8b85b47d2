package io.millrace.jmh.ladder;

import io.millrace.buffer.Durability;
import io.millrace.storage.orchestration.Row;
import io.millrace.storage.orchestration.RowKey;
import io.millrace.storage.orchestration.RowMutation;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** A rung that is open: the parts that its place on the ladder asks for. */
final class OpenRung implements Candidate.Opened {

  private final Rung rung;
  private final boolean synced;
  private final PlainRows rows;
  private final @Nullable PlainJournal journal;
  // written by: the thread that commits; read once it has ended
  private long commits;

  OpenRung(Rung rung, Durability durability, Path folder, PlainRows rows) throws Exception {
    this.rung = rung;
    this.synced = durability == Durability.SYNCED;
    this.rows = rows;
    journal = rung.compareTo(Rung.JOURNAL) >= 0 ? new PlainJournal(folder.resolve("j")) : null;
  }

  @Override
  public Histogram run(Trace trace, int inFlight) throws Exception {
    PlainJournal ahead = journal;
    if (rung.compareTo(Rung.GROUP_COMMIT) < 0) {
      return TraceDriver.run(trace, inFlight, this::commitOne);
    }
    if (ahead == null) {
      try (Handover writer = new Handover.Queue("bench-writer", this::commitAll)) {
        return drive(trace, inFlight, writer);
      }
    }
    try (Handover flusher = new Handover.Queue("bench-flusher", this::commitAll);
        Handover writer = writer(batch -> appendAll(ahead, batch, flusher))) {
      return drive(trace, inFlight, writer);
    }
  }

  private Handover writer(Handover.Taker taker) {
    return rung.compareTo(Rung.RING) >= 0
        ? new Handover.Ring("bench-writer", taker)
        : new Handover.Queue("bench-writer", taker);
  }

  private static Histogram drive(Trace trace, int inFlight, Handover writer) throws Exception {
    return TraceDriver.run(
        trace,
        inFlight,
        (command, acknowledged) -> {
          writer.check();
          writer.put(new Handover.Sent(command, acknowledged));
        });
  }

  private void commitOne(List<RowMutation> command, Runnable acknowledged) throws Exception {
    rows.change(command);
    commit();
    acknowledged.run();
  }

  private void commitAll(List<Handover.Sent> batch) throws Exception {
    List<RowMutation> changes = new ArrayList<>();
    batch.forEach(sent -> changes.addAll(sent.mutations()));
    rows.change(rung == Rung.COALESCING ? coalesced(changes) : changes);
    commit();
    batch.forEach(sent -> sent.acknowledged().run());
  }

  private void appendAll(PlainJournal ahead, List<Handover.Sent> batch, Handover flusher)
      throws Exception {
    for (Handover.Sent sent : batch) {
      ahead.add(sent.mutations());
    }
    ahead.append();
    if (synced) {
      ahead.force();
    }
    for (Handover.Sent sent : batch) {
      sent.acknowledged().run();
      flusher.put(new Handover.Sent(sent.mutations(), () -> {}));
    }
  }

  private void commit() throws SQLException {
    rows.commit();
    commits++;
  }

  /** Keeps the last change of each key; of a row that is born and dies here, nothing. */
  private static List<RowMutation> coalesced(List<RowMutation> changes) {
    Map<Object, RowMutation> last = new LinkedHashMap<>();
    Map<Object, Boolean> born = new LinkedHashMap<>();
    for (RowMutation change : changes) {
      boolean isBorn = born.computeIfAbsent(change.key(), key -> isInsert(change));
      if (isBorn && change instanceof RowMutation.Delete) {
        last.remove(change.key());
      } else {
        last.put(change.key(), change);
      }
    }
    return List.copyOf(last.values());
  }

  private static boolean isInsert(RowMutation change) {
    return change instanceof RowMutation.Insert;
  }

  @Override
  public void verify(Trace trace) throws Exception {
    Map<RowKey, Row> expected = trace.rows();
    Map<RowKey, Row> found = rows.read();
    for (Map.Entry<RowKey, Row> row : expected.entrySet()) {
      if (!row.getValue().equals(found.get(row.getKey()))) {
        throw new IllegalStateException(
            "expected row=" + row.getValue() + " found=" + found.get(row.getKey()));
      }
    }
    if (found.size() != expected.size()) {
      throw new IllegalStateException(
          "expected rows=" + expected.size() + " found rows=" + found.size());
    }
  }

  @Override
  public Map<String, Double> counts() {
    Map<String, Double> counts = new LinkedHashMap<>();
    long forces = journal == null ? commits : journal.forces();
    counts.put("forces", synced ? (double) forces : 0.0);
    counts.put("journal bytes", journal == null ? 0.0 : journal.bytes());
    counts.put("store commits", (double) commits);
    return counts;
  }

  @Override
  public void close() throws Exception {
    rows.close();
    if (journal != null) {
      journal.close();
    }
  }
}
