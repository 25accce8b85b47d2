package io.millrace.buffer.internal.journal;

import io.millrace.buffer.BufferOpenException;
import io.millrace.buffer.BufferOpenException.Reason;
import io.millrace.storage.RecordId;
import java.util.UUID;

/** The words with which a journal refuses to open: what was found, where, and the way out. */
final class Refusals {

  static final String WAY_OUT_OF_CORRUPTION =
      ": this is damage, not a torn tail; keep a copy of the data directory as it is, and restore"
          + " it from a backup, journal and store together, or see with './millrace verify' what"
          + " can be kept and give up the rest with './millrace repair'";

  private static final String WAY_OUT_OF_MISMATCH =
      ": put back the journal and the store that belong together, both from one backup, or give up"
          + " what the store has not applied with './millrace restore'";

  private Refusals() {}

  static BufferOpenException damagedRecord(long position, long syncedThrough, String place) {
    return new BufferOpenException(
        Reason.CORRUPT,
        "a journal record that was synced is damaged or missing, position="
            + position
            + " syncedThrough="
            + syncedThrough
            + " "
            + place
            + WAY_OUT_OF_CORRUPTION,
        null);
  }

  static BufferOpenException cutOff(long length, long expected, String place) {
    return new BufferOpenException(
        Reason.CORRUPT,
        "a journal file ends before it should, so what was behind its last record may be missing,"
            + " expectedBytes="
            + expected
            + " bytes="
            + length
            + " "
            + place
            + WAY_OUT_OF_CORRUPTION,
        null);
  }

  static BufferOpenException corrupt(String what, String place) {
    return new BufferOpenException(
        Reason.CORRUPT, what + ", " + place + WAY_OUT_OF_CORRUPTION, null);
  }

  static BufferOpenException foreignSegment(UUID found, UUID expected, String place) {
    return new BufferOpenException(
        Reason.MISMATCHED_PAIR,
        "a journal segment belongs to another data directory, expected storeId="
            + expected
            + " found storeId="
            + found
            + " "
            + place
            + WAY_OUT_OF_MISMATCH,
        null);
  }

  static BufferOpenException ahead(RecordId applied, RecordId last) {
    return new BufferOpenException(
        Reason.MISMATCHED_PAIR,
        "the store is ahead of the journal: it holds records that the journal does not reach,"
            + " storeApplied="
            + words(applied)
            + " journalLast="
            + words(last)
            + "; the journal is an older copy, or lost its newest files"
            + WAY_OUT_OF_MISMATCH,
        null);
  }

  static BufferOpenException mixed(RecordId applied, RecordId held) {
    return new BufferOpenException(
        Reason.MISMATCHED_PAIR,
        "store and journal have different pasts: at the store's position the journal holds another"
            + " record, storeApplied="
            + words(applied)
            + " journalHolds="
            + words(held)
            + WAY_OUT_OF_MISMATCH,
        null);
  }

  static BufferOpenException gap(RecordId applied, long firstPosition) {
    return new BufferOpenException(
        Reason.MISMATCHED_PAIR,
        "records are missing between store and journal, storeApplied="
            + words(applied)
            + " journalFirstPosition="
            + firstPosition
            + " missing="
            + (firstPosition - 1 - applied.position())
            + "; the store is an older copy, or journal files were removed"
            + WAY_OUT_OF_MISMATCH,
        null);
  }

  static BufferOpenException notEmpty(String place) {
    return new BufferOpenException(
        Reason.MISMATCHED_PAIR,
        "a store is paired anew only with an empty journal, found "
            + place
            + ": move the journal's folder away first",
        null);
  }

  static BufferOpenException newer(int version, String place) {
    return new BufferOpenException(
        Reason.NEWER_FORMAT,
        "a newer version wrote this journal, expected frameVersion<="
            + FrameLayout.VERSION
            + " found frameVersion="
            + version
            + " "
            + place
            + ": open it with that version",
        null);
  }

  static BufferOpenException io(String doing, String place, Throwable cause) {
    return new BufferOpenException(
        Reason.IO, "cannot " + doing + ", " + place + ": " + cause.getMessage(), cause);
  }

  static String words(RecordId id) {
    return id.position() == 0
        ? "none"
        : "(position "
            + id.position()
            + ", epoch "
            + id.epoch()
            + ", checksum "
            + Integer.toHexString(id.checksum())
            + ")";
  }
}
