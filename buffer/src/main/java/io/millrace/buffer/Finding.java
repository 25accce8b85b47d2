package io.millrace.buffer;

/**
 * One thing that is not as it should be in a data directory.
 *
 * @param kind what it means
 * @param file where; empty if no file holds what is missing
 * @param offset where in the file the first record concerned should begin, in bytes; -1 if unknown
 * @param firstPosition the first record concerned; 0 if none is known to be
 * @param lastPosition the last of them; 0 if none, or if nobody can tell how many there were
 * @param what in words
 */
public record Finding(
    Kind kind, String file, long offset, long firstPosition, long lastPosition, String what) {

  /** What a finding means. */
  public enum Kind {
    /** A record that was synced, and that the store does not have, is damaged or missing. */
    LOST,
    /** A journal file cannot be read at all. */
    UNREADABLE,
    /** A record is whole and this version cannot read what is in it. */
    UNDECODABLE,
    /** Journal and store do not belong together. */
    MISMATCH,
    /** Harmless: records above the last synced one, torn by a crash; opening cuts them. */
    TORN,
    /** Harmless: a damaged record that the store has already. */
    APPLIED;

    /** Tells whether the directory does not open, or loses something, because of it. */
    public boolean isHarmful() {
      return this != TORN && this != APPLIED;
    }
  }
}
