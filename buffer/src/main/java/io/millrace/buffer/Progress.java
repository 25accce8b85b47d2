package io.millrace.buffer;

/**
 * How far each stage has come. At every instant {@code durable <= applied <= synced <= appended <=
 * decided} (rule R1). Positions are those of journal records: dense, from 1.
 */
public interface Progress {

  /** Returns the position of the last decision that made a record. */
  long decided();

  /** Returns the last position in the journal's files. */
  long appended();

  /** Returns the last position that was forced. */
  long synced();

  /** Returns the last position committed in the store. */
  long applied();

  /** Returns the last position that the store keeps through power loss by itself. */
  long durable();

  /** Returns the last position that is durable at a level. */
  default long reached(Durability level) {
    return switch (level) {
      case ACCEPTED -> decided();
      case APPENDED -> appended();
      case SYNCED -> synced();
      case APPLIED -> applied();
    };
  }
}
