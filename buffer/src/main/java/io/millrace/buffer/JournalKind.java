package io.millrace.buffer;

/**
 * What holds the journal's bytes. Never chosen silently: a kind that cannot run refuses to open.
 */
public enum JournalKind {
  /** Chronicle Queue files; needs two JVM flags. */
  CHRONICLE,
  /** Plain preallocated files; needs nothing. */
  FILES
}
