package io.millrace.buffer;

/** How the decide and commit threads wait for work. */
public enum WaitKind {
  /** They sleep until woken: next to no processor time when idle. The default. */
  BLOCKING,
  /**
   * They spin for a while before they sleep: less latency, up to two cores' worth of time. Only for
   * machines with cores to spare.
   */
  SPINNING
}
