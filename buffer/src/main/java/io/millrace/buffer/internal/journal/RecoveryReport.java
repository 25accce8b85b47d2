package io.millrace.buffer.internal.journal;

import io.millrace.storage.RecordId;

/**
 * What opening a journal found and did.
 *
 * @param epoch the number of this process life, above every one ever seen here
 * @param last the record at which the journal ends; everything up to it is synced, and new records
 *     are numbered from the position after it
 * @param lastSyncedFound the highest position that a mark or the store proved synced, before the
 *     survivors above it were copied forward
 * @param copiedRecords how many survivors above it were copied into this life's generation and
 *     forced
 * @param cutRecords how many positions were cut: from the first bad record above it to the last
 *     valid one beyond
 * @param tornFrames how many places looked like a frame beyond the last good record, and were none
 * @param segments how many segments the journal is made of now
 */
public record RecoveryReport(
    long epoch,
    RecordId last,
    long lastSyncedFound,
    long copiedRecords,
    long cutRecords,
    int tornFrames,
    int segments) {

  /** Tells whether the end of the journal was torn, so that something was cut. */
  public boolean tornTail() {
    return cutRecords > 0 || tornFrames > 0;
  }

  /** Returns one line for the log. */
  public String summary() {
    return "journal opened, epoch="
        + epoch
        + " lastPosition="
        + last.position()
        + " lastSyncedFound="
        + lastSyncedFound
        + " copiedForward="
        + copiedRecords
        + " cutRecords="
        + cutRecords
        + " tornFrames="
        + tornFrames
        + " segments="
        + segments;
  }
}
