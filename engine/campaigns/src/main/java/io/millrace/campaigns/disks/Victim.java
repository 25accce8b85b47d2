package io.millrace.campaigns.disks;

/**
 * What of a data directory lies on the disk that misbehaves; the rest lies on the machine's own.
 */
enum Victim {
  /** The journal. */
  JOURNAL,
  /** Everything but the journal: the store, the lock, what runs, the live figures. */
  STORE,
  /** Everything. */
  BOTH
}
