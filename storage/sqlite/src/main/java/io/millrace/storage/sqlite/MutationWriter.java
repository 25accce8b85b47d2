package io.millrace.storage.sqlite;

import io.millrace.storage.Mutation;
import java.sql.SQLException;

/**
 * Writes one mutation by filling a row of one or more {@link SqlStatement}s. Called by the store's
 * writing thread, inside a transaction that it neither begins nor ends.
 *
 * <p>The store hands over a batch by kind: range deletes, deletes, updates, inserts. All rows of
 * one kind reach SQLite before the next kind begins; within a kind, rows of different statements
 * may be reordered, which is harmless since a batch holds one mutation for each key.
 *
 * @param <M> the family
 */
@FunctionalInterface
public interface MutationWriter<M extends Mutation> {

  /**
   * Writes one mutation.
   *
   * @throws SQLException as the statements do
   */
  void write(M mutation) throws SQLException;
}
