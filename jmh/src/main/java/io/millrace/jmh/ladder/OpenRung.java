package io.millrace.jmh.ladder;

import io.millrace.buffer.Durability;
import io.millrace.storage.orchestration.RowMutation;
import java.nio.file.Path;
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
      return GroupCommit.run(trace, inFlight, this::change);
    }
    try (Handover flusher =
            new Handover.Queue("bench-flusher", batch -> GroupCommit.commit(batch, this::change));
        Handover writer = writer(batch -> appendAll(ahead, batch, flusher))) {
      return GroupCommit.drive(trace, inFlight, writer);
    }
  }

  private Handover writer(Handover.Taker taker) {
    return rung.compareTo(Rung.RING) >= 0
        ? new Handover.Ring("bench-writer", taker)
        : new Handover.Queue("bench-writer", taker);
  }

  private void commitOne(List<RowMutation> command, Runnable acknowledged) throws Exception {
    change(command);
    acknowledged.run();
  }

  private void change(List<RowMutation> changes) throws Exception {
    rows.change(rung == Rung.COALESCING ? Folding.fold(changes) : changes);
    rows.commit();
    commits++;
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

  @Override
  public void verify(Trace trace) throws Exception {
    trace.check(rows.read());
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
