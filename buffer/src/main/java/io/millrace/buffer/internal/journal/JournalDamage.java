package io.millrace.buffer.internal.journal;

/**
 * One place where a journal is not as it was written.
 *
 * @param kind what it means
 * @param file where; empty if no file holds what is missing
 * @param offset where in the file the first of the records should begin; -1 if that is not known
 * @param firstPosition the first record that it concerns; 0 if no record is known to be
 * @param lastPosition the last of them; 0 if none, or if nobody can tell how many there were
 * @param what in words
 */
public record JournalDamage(
    Kind kind, String file, long offset, long firstPosition, long lastPosition, String what) {

  /** What a damage means. */
  public enum Kind {
    /** A record that was synced, and that the store does not have, is damaged or missing. */
    LOST,
    /** A file cannot be read: its header is damaged, or it is not this journal's. */
    UNREADABLE,
    /** Records above the last synced one that a crash tore; the next opening cuts them. */
    TORN,
    /** A damaged record that the store has applied, so that nobody reads it again. */
    APPLIED
  }
}
