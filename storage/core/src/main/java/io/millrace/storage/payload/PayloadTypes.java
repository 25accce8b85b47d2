package io.millrace.storage.payload;

import io.millrace.storage.internal.payload.Transfer;
import io.millrace.storage.internal.payload.TypeTable;
import io.millrace.storage.orchestration.PayloadTypeRow;
import java.util.List;

/**
 * The users' types that a data directory knows, by number. The first payload of a type gives it the
 * next number, at once and in any thread; its row is then <em>pending</em> until the thread that
 * writes the journal has put it there, in the same record as the first payload that uses it or in
 * an earlier one.
 *
 * <p>Thread-safe. A payload that was handed to another thread safely takes its pending row along:
 * whoever sees the payload sees the row in {@link #pending()}.
 */
public final class PayloadTypes {

  private final TypeTable table;

  /** Starts from the rows that the store holds; they are read only when a payload needs them. */
  public PayloadTypes(Iterable<PayloadTypeRow> stored) {
    this.table = new TypeTable(stored);
  }

  /** Starts with no types, for a new data directory or for none. */
  public static PayloadTypes empty() {
    return new PayloadTypes(List.of());
  }

  /**
   * Returns the rows that no decision has taken yet, in the order of their numbers; an immutable
   * snapshot. With none, one volatile read.
   */
  public List<PayloadTypeRow> pending() {
    return table.pending();
  }

  /**
   * Forgets pending rows, once the decision that writes them stands. Rows that were added since
   * they were asked for stay pending. Called by one thread, the one that decides.
   *
   * @param rows what {@link #pending()} returned
   */
  public void markJournaled(List<PayloadTypeRow> rows) {
    table.markJournaled(rows);
  }

  /** Returns all rows known, pending ones included, in the order of their numbers. */
  public List<PayloadTypeRow> rows() {
    return table.rows();
  }

  /**
   * Takes a payload over from another data directory. A type that this one never had gets its
   * number here, see {@link #pending}.
   *
   * @param from the types of the directory that the payload is from
   * @return the payload as this directory has it; one of another codec than the default one as it
   *     is
   * @throws PayloadException if it is damaged, or of a type that its directory does not hold
   */
  public Payload takeOver(Payload payload, PayloadTypes from) {
    return payload.marker() == KryoPayloadCodec.MARKER
        ? Transfer.move(payload, from.table, table)
        : payload;
  }

  TypeTable table() {
    return table;
  }
}
