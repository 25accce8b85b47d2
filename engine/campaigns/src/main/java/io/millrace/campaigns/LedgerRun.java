package io.millrace.campaigns;

import java.io.IOException;
import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * Runs a campaign in parts and writes a row for each, so that what was done counts whenever it is
 * cut off, and goes on from there.
 */
public final class LedgerRun {

  private final Campaign campaign;
  private final Ledger ledger;
  private final Sources sources;
  private final Clock clock;
  private final LongSupplier nanos;

  /** Makes one that runs on the sources given. */
  public LedgerRun(
      Campaign campaign, Ledger ledger, Sources sources, Clock clock, LongSupplier nanos) {
    this.campaign = campaign;
    this.ledger = ledger;
    this.sources = sources;
    this.clock = clock;
    this.nanos = nanos;
  }

  /**
   * Returns the seed after the highest that was run on these sources; {@code first} if none was.
   *
   * @throws IOException if the ledger cannot be read
   */
  public long resumeFrom(long first) throws IOException {
    long next = first;
    for (LedgerRow row : ledger.rows()) {
      if (row.campaign().equals(campaign.name())
          && row.sources().equals(sources.trees())
          && row.clean()
          && row.result().equals(LedgerRow.KEPT)) {
        next = Math.max(next, row.first() + row.count());
      }
    }
    return next;
  }

  /**
   * Runs it.
   *
   * @param part how many seeds make a row
   * @return what came of all parts together
   * @throws BrokenPromiseException if something was broken; a row says so
   */
  public Campaign.Result run(long first, long count, long part, Campaign.Listener listener)
      throws Exception {
    long done = 0;
    long acknowledged = 0;
    String note = "";
    while (done < count) {
      long begun = nanos.getAsLong();
      long now = Math.min(part, count - done);
      long before = done;
      long kept = acknowledged;
      try {
        Campaign.Result result =
            campaign.run(
                first + done,
                now,
                (counted, promised) -> listener.done(before + counted, kept + promised));
        acknowledged += result.acknowledged();
        note = result.note();
        write(first + done, result, LedgerRow.KEPT, begun);
      } catch (BrokenPromiseException e) {
        write(first + done, new Campaign.Result(now, 0, ""), "BROKEN: " + e.getMessage(), begun);
        throw e;
      }
      done += now;
    }
    return new Campaign.Result(done, acknowledged, note);
  }

  private void write(long first, Campaign.Result result, String outcome, long begun)
      throws IOException {
    double seconds = Math.round((nanos.getAsLong() - begun) / 1e7) / 100.0;
    ledger.add(
        new LedgerRow(
            clock.instant().toString(),
            campaign.name(),
            sources.commit(),
            sources.clean(),
            sources.trees(),
            first,
            result.count(),
            result.acknowledged(),
            outcome,
            result.note(),
            seconds,
            Sources.machine()));
  }
}
