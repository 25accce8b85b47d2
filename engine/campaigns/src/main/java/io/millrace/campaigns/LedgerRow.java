package io.millrace.campaigns;

/**
 * One line of the ledger.
 *
 * @param at when it was written, ISO 8601
 * @param campaign which
 * @param commit the repository's
 * @param clean whether nothing in the working tree differed from it
 * @param sources the Git names of the trees {@code storage} and {@code buffer}: a row counts for
 *     the sources it ran on, whatever else changed since
 * @param first the first seed
 * @param count how many from there
 * @param acknowledged how many promises were made, and kept
 * @param result "kept", or what was broken
 * @param note what else is worth a word
 * @param seconds how long it took
 * @param machine processors, memory, system, JDK
 */
public record LedgerRow(
    String at,
    String campaign,
    String commit,
    boolean clean,
    String sources,
    long first,
    long count,
    long acknowledged,
    String result,
    String note,
    double seconds,
    String machine) {

  /** What {@link #result} says when nothing was broken. */
  public static final String KEPT = "kept";
}
