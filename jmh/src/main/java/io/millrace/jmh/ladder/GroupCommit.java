package io.millrace.jmh.ladder;

import io.millrace.storage.orchestration.RowMutation;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** A bounded blocking queue and one writer that commits all that waits, then acknowledges it. */
public final class GroupCommit {

  private GroupCommit() {}

  /** Keeps batches. Called by one thread. */
  @FunctionalInterface
  public interface Store {

    /** Keeps the changes of a batch of commands; they are as durable as they will be on return. */
    void commit(List<RowMutation> changes) throws Exception;
  }

  /**
   * Runs a trace.
   *
   * @return nanoseconds from the first command of each instance to the acknowledgement of its last
   * @throws Exception what the store threw first
   */
  public static Histogram run(Trace trace, int inFlight, Store store) throws Exception {
    try (Handover writer = new Handover.Queue("bench-writer", batch -> commit(batch, store))) {
      return drive(trace, inFlight, writer);
    }
  }

  /** Sends the commands of a trace through a hand-over. */
  static Histogram drive(Trace trace, int inFlight, Handover writer) throws Exception {
    return TraceDriver.run(
        trace,
        inFlight,
        (command, acknowledged) -> {
          writer.check();
          writer.put(new Handover.Sent(command, acknowledged));
        });
  }

  /** Commits a batch and acknowledges it. */
  static void commit(List<Handover.Sent> batch, Store store) throws Exception {
    List<RowMutation> changes = new ArrayList<>();
    batch.forEach(sent -> changes.addAll(sent.mutations()));
    store.commit(changes);
    batch.forEach(sent -> sent.acknowledged().run());
  }
}
