package io.millrace.campaigns.disks;

/** What befalls the disk, or the store. Each is a campaign of its own in the ledger. */
public enum DiskPart {
  /** The disk is filled to one level after the other. */
  FULL,
  /** Writes fail, all or some of them. */
  ERRORS,
  /** It stands still for a while: forces do not return. */
  STALL,
  /** An outside process holds the store's write lock. */
  LOCK,
  /** An outside process holds a view of the store open. */
  SNAPSHOT
}
