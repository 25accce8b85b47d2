package io.millrace.storage;

/**
 * The identity of one journal record. A position alone is not enough: what a cut removed may be
 * numbered again, in a higher epoch (rule R2).
 *
 * @param position the dense number of the record, from 1, across generations; 0 only in {@link
 *     #NONE}
 * @param epoch the number of the process life that wrote it, from 1
 * @param checksum CRC32C of the record as it stands in the journal, seeded by the epoch's random
 *     number
 */
public record RecordId(long position, long epoch, int checksum) {

  /** Stands before the first record of a data directory. */
  public static final RecordId NONE = new RecordId(0, 0, 0);
}
