package io.millrace.campaigns;

/** Something that is done many times, from a seed, and either holds or does not. */
public interface Campaign {

  /** Returns its name in the ledger. */
  String name();

  /**
   * Runs some of it.
   *
   * @param first the first seed
   * @param count how many from there
   * @param listener is told now and then
   * @return what came of it
   * @throws BrokenPromiseException if something was lost, doubled, wrong or stuck; names the seed
   * @throws Exception if it could not be run
   */
  Result run(long first, long count, Listener listener) throws Exception;

  /** Hears how it goes. */
  @FunctionalInterface
  interface Listener {

    /** Called after some of it. */
    void done(long count, long acknowledged);
  }

  /**
   * What came of a run in which every promise was kept.
   *
   * @param count how many were done
   * @param acknowledged how many promises were made, and kept
   * @param note what else is worth a word; may be empty
   */
  record Result(long count, long acknowledged, String note) {}
}
