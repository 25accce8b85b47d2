package io.millrace.storage.sqlite;

import io.millrace.storage.Mutation;
import java.sql.SQLException;
import java.util.List;

/**
 * The tables that a family of mutations lives in: how they come to be, and how a mutation is
 * written to them. This is all that a program with a table of its own has to say to have a {@link
 * SqliteStore}.
 *
 * @param <M> the family
 */
public interface SqliteTables<M extends Mutation> {

  /**
   * Returns a name for this set of tables, kept in the file: a file with tables of another name is
   * refused.
   */
  String name();

  /**
   * Returns the steps that build the tables: the first creates them (schema version 1), each later
   * one brings them from one version to the next. A step is SQL, several statements if need be. All
   * steps that a file still lacks run in one transaction when it is opened (rule R30). Once
   * released, a step never changes; a file that has more of them than are given here was written by
   * a newer version and is refused.
   *
   * <p>Names that begin with {@code store_} are taken.
   */
  List<String> migrations();

  /**
   * Prepares the statements that write mutations. Called once for each store that opens, after the
   * migrations.
   *
   * @param sql makes statements that live as long as the store
   * @throws SQLException if a statement does not fit the tables
   */
  MutationWriter<M> writer(SqlWriter sql) throws SQLException;
}
