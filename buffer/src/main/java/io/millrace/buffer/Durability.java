package io.millrace.buffer;

/**
 * How safe a command is. Ordered: each level implies those before it.
 *
 * <pre>
 *             survives a killed process   survives power loss   visible to SQL
 *   ACCEPTED  no                          no                    no
 *   APPENDED  yes                         no                    no
 *   SYNCED    yes                         yes                   no
 *   APPLIED   yes                         yes                   yes
 * </pre>
 */
public enum Durability {
  /** Decided and not refused; in memory. */
  ACCEPTED,
  /** In the journal's files, in the operating system's hands. */
  APPENDED,
  /** Forced to the disk. */
  SYNCED,
  /** Committed in the store. */
  APPLIED;

  /** Tells whether this level promises all that another does. */
  public boolean implies(Durability other) {
    return compareTo(other) >= 0;
  }
}
