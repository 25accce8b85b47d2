package io.millrace.cli;

import io.millrace.campaigns.BrokenPromiseException;
import io.millrace.campaigns.Campaign;
import io.millrace.campaigns.Ledger;
import io.millrace.campaigns.LedgerRun;
import io.millrace.campaigns.NotRunException;
import io.millrace.campaigns.Sources;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What all campaigns share: where the ledger lies, whether to go on, and how they report. */
final class CampaignOptions {

  /** The exit code of a campaign for which this machine lacks something. */
  static final int NOT_RUN = 77;

  private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(5);

  @Option(
      names = "--ledger",
      paramLabel = "FILE",
      description =
          "where rows are appended; docs/evidence/ledger.jsonl of this repository if not given")
  @Nullable Path ledger;

  @Option(
      names = "--resume",
      description = "goes on after the highest seed that the ledger holds for these sources")
  boolean resume;

  /**
   * Runs a campaign and says what came of it.
   *
   * @param part how many seeds make a row of the ledger
   * @throws RunFailedException if a promise was broken
   */
  int run(Campaign campaign, long from, long count, long part, PrintWriter out) throws Exception {
    // What is broken on purpose complains by the thousand. Read when the first logger is made.
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
    Path repository = Sources.repositoryAround(Path.of(""));
    Ledger rows = new Ledger(ledger == null ? repository.resolve(Ledger.PLACE) : ledger);
    Sources sources = Sources.of(repository);
    LedgerRun run = new LedgerRun(campaign, rows, sources, Clock.systemUTC(), System::nanoTime);
    long first = resume ? run.resumeFrom(from) : from;
    if (!sources.clean()) {
      out.println("the working tree differs from its commit: the rows will not count as evidence");
    }
    long begun = System.nanoTime();
    Reporter reporter = new Reporter(campaign.name(), count, out, begun);
    try {
      Campaign.Result result = run.run(first, count, part, reporter::done);
      out.println(
          String.format(
              Locale.ROOT,
              "%s: %,d done from seed %d in %.1f s, %,d acknowledged and kept, 0 broken; %s",
              campaign.name(),
              result.count(),
              first,
              (System.nanoTime() - begun) / 1e9,
              result.acknowledged(),
              result.note()));
      out.flush();
      return 0;
    } catch (NotRunException e) {
      out.println(campaign.name() + ": not run: " + e.getMessage());
      out.flush();
      return NOT_RUN;
    } catch (BrokenPromiseException e) {
      throw new RunFailedException(campaign.name() + " BROKEN: " + e.getMessage());
    }
  }

  /** Says now and then how far it is. */
  private static final class Reporter {
    private final String name;
    private final long total;
    private final PrintWriter out;
    private final long begun;
    private long saidAt;

    Reporter(String name, long total, PrintWriter out, long begun) {
      this.name = name;
      this.total = total;
      this.out = out;
      this.begun = begun;
      this.saidAt = begun;
    }

    void done(long count, long acknowledged) {
      long now = System.nanoTime();
      if (now - saidAt >= REPORT_NANOS) {
        saidAt = now;
        out.println(
            String.format(
                Locale.ROOT,
                "%s: %,d of %,d, %,d acknowledged, %.0f s",
                name,
                count,
                total,
                acknowledged,
                (now - begun) / 1e9));
        out.flush();
      }
    }
  }
}
